# SPDX-License-Identifier: MIT
"""Forms in which what a policy is made of stands elsewhere, for the random code of
blur_terraform.py: in files of data, in maps of keys and roles, in the statements that a module is
given, and what a module is given to work with."""
import json

import yaml

from forms_modules import is_made_of, listed
from forms_terraform import address, argument, expressions, has_directives
from spell_terraform import Encoded, Providers, Raw, Text

MODULE = '''variable "name" { type = string }
variable "role" { type = string }
variable "statements" {%s}

data "aws_iam_policy_document" "this" {
  dynamic "statement" {
    for_each = %s
    content {
      sid       = %s
      effect    = %s
      actions   = statement.value.actions
      resources = %s
      dynamic "condition" {
        for_each = %s
        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}

resource "aws_iam_role_policy" "this" {
  name   = var.name
  role   = var.role
  policy = data.aws_iam_policy_document.this.json
}
'''


def as_object(s):
    """A statement as the object that a module makes one of; None when it has something else."""
    if not is_made_of(s, (str, tuple, list, dict)) or not set(s) <= {
            'Sid', 'Effect', 'Action', 'Resource', 'Condition'} or 'Action' not in s or \
            'Resource' not in s or type(s['Effect']) is not str or \
            not isinstance(s.get('Condition', {}), dict) or \
            not all(isinstance(x, dict) for x in s.get('Condition', {}).values()):
        return None
    out = {'actions': listed(s['Action']), 'resources': listed(s['Resource'])}
    if 'Sid' in s:
        out['sid'] = s['Sid']
    if s['Effect'] != 'Allow':
        out['effect'] = s['Effect']
    conditions = [{'test': test, 'variable': key, 'values': listed(values)}
                  for test, keys in s.get('Condition', {}).items()
                  for key, values in keys.items()]
    return dict(out, conditions=conditions) if conditions else out


class Shared:
    """Of a Blur."""
    # data in files
    def of_decoded(self):
        """Texts that stand in a file of JSON or YAML."""
        where = [p for p in self.places() if p.kind in (
            'actions', 'Action', 'values', 'Condition') and not p.in_text and p.value and
            is_made_of(p.value, (str, list, dict)) and not expressions(p.value) and
            type(p.value) is not str]
        if not where:
            return self.of_value()
        p = self.r.choice(where)
        name = self.new_name('config')
        inside = {'list': p.value, 'version': 1}
        keys = self.r.choice((['list'], ['app', 'list']))
        if len(keys) > 1:
            inside = {'app': inside, 'other': {'list': []}}
        if self.r.randrange(2):
            path, decode, text = 'policies/%s.yaml' % name, 'yamldecode', yaml.safe_dump(inside)
        else:
            path, decode, text = 'policies/%s.json' % name, 'jsondecode', json.dumps(inside)
        self.files[path] = text + '\n'
        said = '%s(file("${path.module}/%s"))' % (decode, path)
        said = self.local(said) if self.r.randrange(2) else said
        p.put(Raw(said + ''.join(self.r.choice(('.%s', '["%s"]')) % k for k in keys)))

    # maps
    def of_map(self):
        """Keys or roles by their names in a local."""
        kind, attribute = self.r.choice((('aws_kms_key', 'arn'), ('aws_iam_role', 'name'),
                                         ('aws_iam_policy', 'arn')))
        every = self.resources(kind)
        if not every:
            return
        of = self.local(self.say({b[1][1]: Raw('%s.%s' % (address(b), attribute))
                                  for b in every}))
        places = [p for p in self.places() if isinstance(p.value, (Raw, list)) and not p.in_text and
                  p.kind not in ('value',)]
        for p in places:
            for b in every:
                whole = Raw('%s.%s' % (address(b), attribute))
                said = Raw(self.r.choice(('%s["%s"]', '%s.%s', 'lookup(%s, "%s")')) % (of, b[1][1]))
                if p.value == whole and self.r.randrange(2):
                    p.put(said)
                elif p.value == [whole] and self.r.randrange(2):
                    p.put(Raw(self.r.choice((
                        lambda: '[for n in ["%s"] : %s[n]]' % (b[1][1], of),
                        lambda: '[for n, a in %s : a if n == "%s"]' % (of, b[1][1]),
                        lambda: 'values(%s)' % of if len(every) == 1 else '[%s]' % said,
                        lambda: '[%s]' % said))()))

    # statements that a module is given
    def of_statements_module(self):
        """Inline policies of one module, which makes its statements of objects."""
        every = [b for b in self.resources('aws_iam_role_policy') if
                 isinstance(argument(b, 'policy'), (Encoded, Text)) and
                 isinstance(argument(b, 'policy').value, dict) and
                 argument(b, 'policy').value.get('Version') == '2012-10-17' and
                 [x[0] for x in b[2]] == ['name', 'role', 'policy'] and
                 not has_directives(b[2]) and not self.is_taken(b[1][1])]
        every = [(b, [as_object(s) for s in listed(argument(b, 'policy').value['Statement'])])
                 for b in every if not isinstance(argument(b, 'policy').value['Statement'], Raw)]
        every = [(b, made) for b, made in every if all(made)]
        if not every or 'modules/grants/f.tf' in self.files:
            return
        keyed, alike = self.r.randrange(3) == 0, self.r.randrange(2)
        optional = ('lookup(statement.value, "%s", %s)', 'try(statement.value.%s, %s)')[
            self.r.randrange(2)]
        kind = ' type = any ' if not alike else '''
  type = %s(object({
    sid        = optional(string)
    effect     = optional(string, "Allow")
    actions    = list(string)
    resources  = list(string)
    conditions = optional(list(object({ test = string, variable = string, values = list(string) })), [])
  }))
''' % ('map' if keyed else 'list')
        get = (lambda name, default: 'statement.value.' + name) if alike else \
            (lambda name, default: optional % (name, default))
        self.files['modules/grants/f.tf'] = MODULE % (
            kind, 'var.statements', get('sid', 'null'), get('effect', '"Allow"'),
            'statement.value.resources', get('conditions', '[]'))
        for b, made in self.r.sample(every, self.r.randint(1, len(every))):
            given = {'s%d' % i: s for i, s in enumerate(made)} if keyed else made
            self.blocks.remove(b)
            self.blocks.append(('module', [b[1][1]], [
                ('source', './modules/grants'), ('name', argument(b, 'name')),
                ('role', argument(b, 'role')), ('statements', given)]))

    # providers
    def of_module_provider(self):
        """A module works with another provider."""
        calls = [b for b in self.blocks if b[0] == 'module' and argument(b, 'providers') is None and
                 str(argument(b, 'source')).startswith('./') and 'provider' not in str(
                     [x[0] for c in self.inner.get(argument(b, 'source')[2:] + '/', [])
                      for x in c[2]])]
        if calls:
            self.r.choice(calls)[2].append(('providers', Providers({'aws': 'aws.' + self.alias()})))

    # two that write
    def of_second_writer(self):
        """A key whose policy a resource of its own says, too."""
        docs = [b for b in self.document_blocks() if 'principals' in str(b[2])]
        keys = [b for b in self.resources('aws_kms_key')
                if address(b) + '.' not in str([expressions(d) for d in docs])]
        if docs and keys:
            key, doc = self.r.choice(keys), self.r.choice(docs)
            self.blocks.append(('resource', ['aws_kms_key_policy', self.new_name('w')], [
                ('key_id', Raw(address(key) + '.id')), ('policy', Raw(address(doc) + '.json'))]))
