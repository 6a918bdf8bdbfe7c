#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Repositories that somebody made to hurt: each run must end by itself, within 2 s of processor time
and 512 MB, with an exit status of ours, and print no byte that a terminal or browser would obey.

    hostile.py KMSFIX [--only NAME] [--fast] [-v]"""
import argparse
import hashlib
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import zlib

SECONDS, MEGABYTES = 2.0, 512
SCRATCH = '/dev/shm' if os.access('/dev/shm', os.W_OK) else None

POLICY = b'''data "aws_caller_identity" "current" {}

resource "aws_kms_key" "k" {
  policy = jsonencode({
    Statement = [{
      Sid       = "%(sid)s"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_iam_role" "r" {
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "%(name)s" {
  role = aws_iam_role.r.id
  policy = jsonencode({
    Statement = [{
      Sid      = "%(sid)s"
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "%(action)s"]
      Resource = [aws_kms_key.k.arn, "%(resource)s"]
    }]
  })
}
'''
PLAIN = {b'sid': b'S', b'name': b'p', b'action': b'kms:Encrypt', b'resource': b'arn:aws:s3:::b'}
EVIL = b'\x1b]0;owned\x07\x1b[2J\xe2\x80\xae</script><script>alert(1)</script>\r\n# [x](javascript:1)|`'


def policy(**more):
    return POLICY % {**PLAIN, **{k.encode(): v for k, v in more.items()}}


class Repo:
    """A repository of objects written by hand: nothing checks what is in them."""
    def __init__(self, path):
        self.path = path
        for d in ('objects', 'refs/heads'):
            os.makedirs('%s/.git/%s' % (path, d))
        self.put('HEAD', b'ref: refs/heads/main\n')
        self.put('config', b'[core]\n\trepositoryformatversion = 0\n\tbare = false\n')

    def put(self, name, data):
        with open('%s/.git/%s' % (self.path, name), 'wb') as f:
            f.write(data)

    def object(self, kind, data):
        data = b'%s %d\0' % (kind, len(data)) + data
        name = hashlib.sha1(data).hexdigest()
        folder = '%s/.git/objects/%s' % (self.path, name[:2])
        os.makedirs(folder, exist_ok=True)
        with open(folder + '/' + name[2:], 'wb') as f:
            f.write(zlib.compress(data, 1))
        return bytes.fromhex(name)

    def tree(self, entries):
        """[(mode, name, id)]"""
        entries = sorted(entries, key=lambda e: e[1] + (b'/' if e[0] == b'40000' else b''))
        return self.object(b'tree', b''.join(b'%s %s\0%s' % e for e in entries))

    def blobs(self, files):
        return self.tree([(b'100644', n, self.object(b'blob', t)) for n, t in files.items()])

    def commit(self, tree):
        who = b'T <t@e> 1700000000 +0000'
        c = self.object(b'commit', b'tree %s\nauthor %s\ncommitter %s\n\n1\n'
                        % (tree.hex().encode(), who, who))
        self.put('refs/heads/main', c.hex().encode() + b'\n')


def nested(form, depth):
    text = b'["a"]'
    for _ in range(depth):
        text = form.replace(b'%s', text)
    return b'${(%s)[0]}' % text


def files(**texts):
    return lambda r: r.blobs({k.replace('_', '.').encode(): v for k, v in texts.items()})


def many_statements(n):
    one = b'{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}'
    return b'{"Statement":[' + b','.join([one] * n) + b']}'


def many_notes(n):
    """Each of the policies allows an action that there is not."""
    return b''.join(b'resource "aws_iam_policy" "p%d" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", '
                    b'Action = "kms:ReEncrypt", Resource = "*" }] })\n}\n' % i for i in range(n))


def nameless(n):
    """As many blocks whose label is no name as policies, which are held for each."""
    return b''.join(b'resource "aws_x" "1%d" {}\nresource "aws_iam_policy" "p%d" {\n  policy = jsonencode({ '
                    b'Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = "*" }] })\n}\n' % (i, i)
                    for i in range(n))


def many_mentions(n):
    """Each of the policies, and of their actions, may be any of the texts."""
    texts = b', '.join(b'k%d = "s3:%d"' % (i, i) for i in range(n))
    one = (b'resource "aws_iam_role_policy" "p%d" {\n  role = "r"\n  policy = local.all[var.x]\n}\n'
           b'resource "aws_iam_role_policy" "q%d" {\n  role = "r"\n  policy = jsonencode({ Statement = [{ '
           b'Effect = "Allow", Action = local.all[var.x], Resource = "*" }] })\n}\n')
    return b'locals {\n  all = { %s }\n}\n' % texts + b''.join(one % (i, i) for i in range(n))


def two_lists(n):
    """A policy that two blocks attach to the same roles."""
    roles = b', '.join(b'aws_iam_role.r%d.name' % i for i in range(n))
    return (policy() + b'resource "aws_iam_policy" "m" {\n  policy = "{}"\n}\n' +
            b''.join(b'resource "aws_iam_role" "r%d" {}\n' % i for i in range(n)) +
            b''.join(b'resource "aws_iam_policy_attachment" "%s" {\n  policy_arn = aws_iam_policy.m.arn\n'
                     b'  roles = [%s]\n}\n' % (b, roles) for b in (b'a', b'b')))


def circles(n):
    """A dependency cycle for each role: its key would have to name it."""
    one = (b'resource "aws_kms_key" "k%d" {}\nresource "aws_iam_role" "r%d" {\n  name = "r%d"\n  inline_policy {\n'
           b'    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], '
           b'Resource = aws_kms_key.k%d.arn }] })\n  }\n}\n')
    return b''.join(one % (i, i, i, i) for i in range(n))


def one_list(n, policies):
    """Each of the policies of a role has the same long list, of which no key is known."""
    one = (b'  inline_policy {\n    name = "p%d"\n    policy = jsonencode({ Statement = [{ Effect = "Allow", '
           b'Action = ["kms:Decrypt", "kms:Encrypt"], Resource = local.all }] })\n  }\n')
    return (b'locals {\n  all = [%s]\n}\nresource "aws_iam_role" "r" {\n' % b', '.join(
        b'"arn:aws:kms:eu-west-1:111122223333:key/%d"' % i for i in range(n)) +
            b''.join(one % i for i in range(policies)) + b'}\n')


def one_circle(n):
    """All of the roles wait for one key, which would have to name them."""
    one = (b'  R%d:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument: {}\n      Policies:\n'
           b'        - PolicyName: p\n          PolicyDocument:\n            Statement:\n              - {Effect: Allow, '
           b'Action: [kms:Decrypt, kms:Encrypt], Resource: !GetAtt K.Arn}\n')
    return b'Resources:\n  K:\n    Type: AWS::KMS::Key\n' + b''.join(one % i for i in range(n))


def defaults(n):
    """Each parameter speaks of the next twice."""
    return (b'Parameters:\n' + b''.join(b'  P%d: {Type: String, Default: [!Ref P%d, !Ref P%d]}\n' % (i, i + 1, i + 1)
                                        for i in range(n)) +
            b'Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n'
            b'        Statement: [{Effect: Allow, Action: !Ref P0, Resource: "*"}]\n')


def doubled(step, n, first='aws_kms_key.k.arn'):
    """Each local is made of the one before, L, twice."""
    return ('locals {\n  l0 = %s\n' % first + ''.join(
        '  l%d = %s\n' % (i + 1, step.replace('L', 'local.l%d' % i)) for i in range(n)) +
            '}\n').encode() + policy(resource=b'${local.l%d}' % n)


def all_in_all(n):
    """Each local speaks of all others."""
    return (b'locals {\n' + b''.join(b'  l%d = [%s]\n' % (i, b', '.join(b'local.l%d' % k for k in range(n) if k != i))
                                     for i in range(n)) + b'}\n' + policy(resource=b'${local.l0}'))


def subs(n):
    """Texts in texts, each twice."""
    text = b'!GetAtt K.Arn'
    for _ in range(n):
        text = b'!Sub ["${a}${a}", {a: %s}]' % text
    return (b'Resources:\n  K:\n    Type: AWS::KMS::Key\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n'
            b'      PolicyDocument:\n        Statement: [{Effect: Allow, Action: kms:Decrypt, Resource: %s}]\n' % text)


def service(n, form):
    """Variables of the Serverless Framework that each name the next twice."""
    one = b'${self:custom.a%d}'
    return (b'service: x\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n'
            b'          Action: kms:Decrypt\n          Resource: ${self:custom.a0}\ncustom:\n' +
            b''.join(b'  a%d: %s\n' % (i, form.replace(b'%s', one % (i + 1))) for i in range(n)) +
            b'  a%d: x\nresources:\n  Resources:\n    K:\n      Type: AWS::KMS::Key\n' % n)


def equal_keys(n):
    """A service of which nothing is edited says the same thing again and again."""
    return files(a_tf=policy(), serverless_yml=b'service: x\nprovider:\n  name: aws\n' + b'  tags: x\n' * n +
                 b'functions:\n  f:\n    handler: a.b\n')


def one_mapping(n):
    """Each of the resources looks something up in a mapping as long as they are many; one policy is edited."""
    return (b'Mappings:\n  M:\n' + b''.join(b'    r%d: {x: y}\n' % i for i in range(n)) +
            b'Resources:\n  K:\n    Type: AWS::KMS::Key\n    Properties:\n      KeyPolicy:\n        Statement:\n'
            b'          - {Effect: Allow, Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}, Action: kms:*,'
            b' Resource: "*"}\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument: {}\n'
            b'      Policies:\n        - PolicyName: p\n          PolicyDocument:\n            Statement:\n'
            b'              - Effect: Allow\n                Action: kms:Decrypt\n                Resource: !GetAtt K.Arn\n' +
            b''.join(b'  T%d: {Type: AWS::SNS::Topic, Properties: {TopicName: !FindInMap [M, r1, x]}}\n' % i
                     for i in range(n)))


def imports(n):
    """Each template exports what it imports from the next twice."""
    one = ('Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n'
           '        Statement: [{Effect: Allow, Action: kms:Decrypt, Resource: !ImportValue e%d}]\nOutputs:\n  O:\n'
           '    Value: !Sub ["${a}${b}", {a: !ImportValue e%d, b: !ImportValue e%d}]\n    Export: {Name: e%d}\n')
    return lambda r: r.blobs({b't%d.yaml' % i: (one % (i + 1, i + 1, i + 1, i)).encode() for i in range(n)})


def under_conditions(n):
    """Each of the policies, under a condition, speaks of all keys, each of which is under another."""
    keys = b', '.join(b'aws_kms_key.k%d[0].arn' % i for i in range(n))
    one = (b'variable "v%d" {}\nresource "aws_kms_key" "k%d" {\n  count = var.v%d ? 1 : 0\n}\n'
           b'resource "aws_iam_role" "r%d" {\n  name = "r%d"\n  count = var.v%d ? 1 : 0\n}\n'
           b'resource "aws_iam_role_policy" "p%d" {\n  count = var.v%d && var.v%d ? 1 : 0\n'
           b'  role = aws_iam_role.r%d[0].name\n'
           b'  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], '
           b'Resource = [%s] }] })\n}\n')
    return b''.join(one % (i, i, i, i, i, n - 1 - i, i, i, n - 1 - i, i, keys) for i in range(n))


def deep_tree(r):
    tree = r.blobs({b'a.tf': policy()})
    for _ in range(3000):
        tree = r.tree([(b'40000', b'd', tree)])
    return tree


def wide_tree(r):
    blob = r.object(b'blob', policy())
    return r.tree([(b'100644', b'f%06d.tf' % i, blob) for i in range(20000)])


def odd_entries(r):
    blob, link = r.object(b'blob', policy()), r.object(b'blob', b'/etc/passwd')
    inner = r.blobs({b'a.tf': policy()})
    return r.tree([(b'120000', b'link.tf', link), (b'160000', b'module', b'\1' * 20),
                   (b'40000', b'..', inner), (b'40000', b'.git', inner), (b'40000', b'.GIT', inner),
                   (b'100644', b'a/b.tf', blob), (b'100644', b'', blob), (b'100644', b'x' * 4096, blob),
                   (b'100644', b'x' * 4000 + b'.tf', blob), (b'100666', b'mode.tf', blob),
                   (b'100644', EVIL.replace(b'/', b'') + b'.tf', blob), (b'100644', b'n.tf', blob)])


def modules(n):
    """Each module calls the next twice: 2^n instances."""
    def make(r):
        entries = []
        for i in range(n):
            call = b''.join(b'module "m%d" {\n  source = "../m%d"\n}\n' % (k, i + 1) for k in (0, 1))
            text = call if i + 1 < n else policy()
            entries.append((b'40000', b'm%d' % i, r.blobs({b'main.tf': text})))
        return r.tree(entries)
    return make


BOMB = b'Resources:\n  a0: &a0 [kms:Decrypt, kms:Decrypt]\n' + b''.join(
    b'  a%d: &a%d [%s]\n' % (i, i, b', '.join([b'*a%d' % (i - 1)] * 9)) for i in range(1, 12))
CYCLE = b'Resources: &r\n  P:\n    Type: AWS::IAM::Policy\n    Properties: *r\n'
TEXTS = b'locals {\n  l0 = "kms:Decrypt"\n' + b''.join(
    b'  l%d = "%s"\n' % (i, b'${local.l%d}' % (i - 1) * 8) for i in range(1, 20)) + b'}\n'
LOCALS = b'locals {\n  l0 = ["kms:Decrypt"]\n' + b''.join(
    b'  l%d = concat(%s)\n' % (i, b', '.join([b'local.l%d' % (i - 1)] * 8)) for i in range(1, 20)) + b'}\n'
SELF = b'locals {\n  a = local.b\n  b = local.a\n}\n' + policy(resource=b'${local.a}')

CASES = {
    'brackets in HCL': files(a_tf=b'a = ' + b'[' * 100000),
    'closed brackets in HCL': files(a_tf=b'a = ' + b'[' * 50000 + b']' * 50000),
    'blocks in HCL': files(a_tf=b'a {\n' * 50000 + b'}\n' * 50000),
    'parentheses, operators': files(a_tf=b'a = ' + b'(' * 50000 + b'1', b_tf=b'a = ' + b'!' * 100000 + b'1',
                                    c_tf=b'a = 1' + b' + 1' * 100000, d_tf=b'a = x' + b'.y' * 100000),
    'templates in HCL': files(a_tf=b'a = "' + b'${"' * 50000, b_tf=b'a = "' + b'%{if x}' * 50000 + b'"'),
    'conditions in HCL': files(a_tf=b'a = ' + b'x ? ' * 50000 + b'1', b_tf=b'a = ' + b'1 ? 1 : ' * 50000 + b'1'),
    'brackets in JSON': files(a_json=b'{"Statement":' + b'[' * 100000),
    'closed brackets in JSON': files(a_tf_json=b'[' * 50000 + b']' * 50000),
    'brackets in YAML': files(a_yml=b'Resources: ' + b'[' * 100000, b_yml=b'Resources: ' + b'{a: ' * 50000),
    'indents in YAML': files(a_yml=b'Resources:\n' + b''.join(b' ' * (i + 1) + b'a:\n' for i in range(1500))),
    'dashes in YAML': files(a_yml=b'Resources:\n' + b'- ' * 50000 + b'a'),
    'a line of 100 MB': files(a_tf=b'# ' + b'kms:Decrypt ' * 8738133),
    'a token of 10 MB': files(a_tf=b'a = "' + b'kms:Decrypt' * 953250 + b'"'),
    '10^6 statements': files(a_json=many_statements(1000000)),
    '20000 statements on a line': files(a_tf=b'resource "aws_iam_policy" "p" {\n  policy = jsonencode(' +
                                             many_statements(20000) + b')\n}\n'),
    'a note for each policy': files(a_tf=many_notes(8000)), 'blocks without names': files(a_tf=nameless(2000)),
    'anchors': files(a_yml=BOMB), 'alias in itself': files(a_yml=CYCLE),
    'locals that grow': files(a_tf=LOCALS + policy(action=b'${local.l19[0]}')),
    'texts that grow': files(a_tf=TEXTS + policy(action=b'${local.l19}')),
    'calls of try()': files(a_tf=policy(action=nested(b'try(concat(%s), [])', 60)),
                            b_tf=policy(action=nested(b'try([for x in concat(%s) : x], [])', 40))),
    'choices in conditions': files(a_tf=policy(action=nested(b'((%s) == [] ? ["a"] : [])', 40)),
                                   b_tf=policy(action=nested(b'(length(%s) == var.x ? ["a"] : ["b"])', 40))),
    'a circle for each role': files(a_tf=circles(5000)), 'a circle of all roles': files(a_yml=one_circle(4000)),
    'a list in each policy': files(a_tf=one_list(1024, 300)),
    'two lists of roles': files(a_tf=two_lists(2500)),
    'what is spoken of': files(a_tf=many_mentions(2000), b_yml=defaults(30)),
    'loops in loops': files(a_tf=doubled('flatten([for a in L : [for b in L : "${a}${b}"]])', 20,
                                         '[aws_kms_key.k.arn, "x"]')),
    'join() that grows': files(a_tf=doubled('join("-", [L, L])', 60)),
    'format() that grows': files(a_tf=doubled('format("%s%s", L, L)', 60)),
    'replace() that grows': files(a_tf=doubled('replace(L, "a", "aa")', 25, '"aaaaaaaa"')),
    'all locals in all': files(a_tf=all_in_all(40)),
    'texts of templates that grow': files(a_yml=subs(26)), 'imports that grow': imports(30),
    'variables that grow': files(serverless_yml=service(30, b'"%s%s"')),
    'lists of variables that grow': files(serverless_yml=service(30, b'["%s", "%s"]')),
    'equal keys': equal_keys(20000), 'a mapping for each resource': files(a_yml=one_mapping(5000)),
    'keys under conditions': files(a_tf=under_conditions(150)),
    'locals in a circle': files(a_tf=SELF), 'modules that grow': modules(24),
    'module in itself': files(a_tf=b'module "m" {\n  source = "./"\n}\n' + policy()),
    'bytes': files(a_tf=b'\xff\xfe\x80' + policy(), b_tf=policy() + b'\0\0', c_tf=b'\xef\xbb\xbf' + policy(),
                   d_tf=policy().decode().encode('utf-16'), e_yml=b'\xff\xfeR\0e\0', f_json=b'\0' * 1000),
    'text that a terminal obeys': files(a_tf=policy(sid=EVIL.replace(b'\r\n', b''), resource=b'*' + EVIL.replace(b'\r\n', b''),
                                                    action=EVIL.replace(b'\r\n', b'')),
                                        b_tf=EVIL),
    'odd entries': odd_entries, 'a deep tree': deep_tree, 'a wide tree': wide_tree,
    'a config that is none': lambda r: r.blobs({b'.kmsfix.json': b'{"version": 1, "keys": ' + b'[' * 100000,
                                                b'a.tf': policy()}),
}
# What takes long to make, or has a report as large as itself: as text only, and not with --fast.
HEAVY = ('a line of 100 MB', 'a token of 10 MB', '10^6 statements', 'a deep tree', 'modules that grow',
         '20000 statements on a line')
# But for the diff, which has the bytes of the files.
FORMATS = ('text', 'json', 'sarif', 'markdown', 'html')
OBEYED = re.compile(r'[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]')


def limits():
    """So that what breaks a bound does not break the machine."""
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))


def run(kmsfix, repo, fmt):
    """Exit status, seconds, megabytes, output, messages."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        p = subprocess.Popen([kmsfix, '--format', fmt, repo], stdout=out, stderr=err, preexec_fn=limits,
                             env={'HOME': '/nonexistent', 'PATH': os.environ['PATH']})
        _, status, usage = os.wait4(p.pid, 0)
        p.returncode = 0
        out.seek(0)
        err.seek(0)
        return (os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime,
                usage.ru_maxrss / 1024, out.read(), err.read())


def look(fmt, most, status, seconds, megabytes, out, err):
    if status not in (0, 1, 2, 3):
        yield 'exit status %d' % status
    if status == 1 and not err.startswith(b'kmsfix: '):
        yield 'an error without a message'
    if seconds > most:
        yield '%.1f s' % seconds
    if megabytes > MEGABYTES:
        yield '%d MB' % megabytes
    for what, text in (('messages', err), (fmt, out)):
        try:
            found = OBEYED.search(text.decode())
            if found:
                yield '%r in %s' % (found.group(), what)
        except UnicodeDecodeError:
            yield 'bad UTF-8 in ' + what
    if fmt == 'html' and b'<script>alert' in out:
        yield 'a script of the repository'
    if fmt == 'markdown' and b'</script><script>' in re.sub(rb'`[^`]*`', b'', out):
        yield 'HTML of the repository'


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('kmsfix')
    parser.add_argument('--only')
    parser.add_argument('--fast', action='store_true')
    parser.add_argument('-v', dest='verbose', action='store_true')
    o = parser.parse_args()
    broken = 0
    # Beside other tests a second of a processor is worth less: two share a core, and all the memory.
    most = 3 * SECONDS if o.fast else SECONDS
    for name, make in CASES.items():
        if o.only and o.only != name or o.fast and name in HEAVY:
            continue
        path = tempfile.mkdtemp(prefix='kmsfix-hostile-', dir=SCRATCH)
        try:
            r = Repo(path)
            r.commit(make(r))
            few = FORMATS[:1] if name in HEAVY else FORMATS[::4] if o.fast else FORMATS
            for fmt in few:
                got = run(o.kmsfix, path, fmt)
                wrong = list(look(fmt, most, *got))
                if wrong or o.verbose:
                    print('%s, %s: %s (%.2f s, %d MB) %s' % (name, fmt, '; '.join(wrong) or 'as it must', got[1],
                                                             got[2], got[4][:150]))
                broken += bool(wrong)
        finally:
            shutil.rmtree(path, ignore_errors=True)
    print('%d repositories, %d runs broke a bound' % (len(CASES), broken))
    return 1 if broken else 0


if __name__ == '__main__':
    sys.exit(main())
