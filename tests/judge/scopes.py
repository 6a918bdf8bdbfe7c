# SPDX-License-Identifier: MIT
"""The modules of Terraform code: which names they know, and what those mean."""
import posixpath

import evaluation
import hcl
import known_modules
import typed
from instances import ACCOUNT, Instance, Made, Provider, Unknown, alias_of


def is_override(path):
    """Of a file that is merged into the others [11.19]."""
    name = path.rpartition('/')[2].partition('.')[0]
    return name == 'override' or name.endswith('_override')


def overridden(old, new):
    """Arguments one by one, blocks all of a kind."""
    out = hcl.Body()
    out.attrs = {**old.attrs, **new.attrs}
    kinds = {called(b) for b in new.blocks}
    out.blocks = [b for b in old.blocks if called(b) not in kinds] + new.blocks
    return out


def called(block):
    return block[1][0] if block[0] == 'dynamic' else block[0]


class Scope:
    """The names of a module. arguments: of the call, if it is one: its body, the scope of that and
    who calls."""
    def __init__(self, world, files, folder, address='', arguments=None):
        self.world, self.address, self.arguments = world, address, arguments or {}
        self.files, self.folder, self.backend = files, folder, None
        self.locals, self.outputs, self.variables, self.known = {}, {}, {}, {}
        self.begun = set()
        self.resources, self.calls, self.imports, self.providers = {}, {}, [], {}
        mine = [p for p in sorted(files) if p.rpartition('/')[0] == folder and
                p.endswith(('.tf', '.tf.json'))]
        for path in sorted(mine, key=is_override):
            for kind, labels, block in world.parse(path, files[path]).blocks:
                self.add(kind, labels, block, is_override(path))

    def add(self, kind, labels, block, overrides):
        if kind == 'locals':
            self.locals.update(block.attrs)
        elif kind == 'import':
            self.imports.append(block)
        elif kind == 'terraform':
            for _, labels, inside in [b for b in block.blocks if b[0] == 'backend']:
                self.backend = self.state(labels[0], {
                    n: evaluation.evaluate(e, self) for n, e in inside.attrs.items()})
        elif kind == 'provider':
            self.providers[evaluation.evaluate(block.attrs['alias'], self)
                           if 'alias' in block.attrs else None] = block
        where, name = {
            'resource': (self.resources, tuple([kind + '.'] + labels)),
            'data': (self.resources, tuple([kind + '.'] + labels)),
            'variable': (self.variables, labels and labels[0]),
            'output': (self.outputs, labels and labels[0]),
            'module': (self.calls, labels and labels[0])}.get(kind, ({}, None))
        if overrides and name:
            if name not in where:
                raise Unknown('there is no %s to override' % (name,))
            block = overridden(where[name], block)
        where[name] = block

    def state(self, kind, config):
        """Where it is."""
        if kind == 'local':
            return posixpath.normpath(posixpath.join(self.folder, config['path']))
        return kind, config['bucket'], config['key']

    def provider(self, alias):
        """Of the module, or of who calls it."""
        body = self.arguments.get('body')
        if alias in self.providers or not body and alias is None:
            return self.memo(('provider', alias),
                             lambda: Provider(self, self.providers.get(alias)))
        caller = self.arguments.get('caller')
        handed = dict((alias_of(k), alias_of(v)) for k, v in
                      body.attrs['providers'][1]) if body and 'providers' in body.attrs else {}
        if caller and (alias in handed or alias is None):
            return caller.provider(handed.get(alias))
        raise Unknown('there is no provider ' + alias)

    def every_provider(self):
        return [self.provider(alias) for alias in self.providers]

    def look(self, name):
        if name == 'var':
            return Names(self.variable)
        if name == 'local':
            return Names(self.local)
        if name == 'data':
            return Names(lambda kind: Names(lambda n: self.get('data.', kind, n)))
        if name == 'path':
            return Names({'module': self.folder or '.', 'root': '.',
                          'text of': self.text_of}.__getitem__)
        if name == 'terraform':
            return Names(lambda what: self.world.given['terraform.' + what])
        if name == 'module':
            return Names(lambda m: each_of(self.module(m), lambda s: Names(s.output)))
        return Names(lambda n: self.get('resource.', name, n))

    def must_declare(self, reference):
        """Of depends_on and import: nothing but names."""
        names = []
        while reference[0] == 'attr':
            names.insert(0, reference[2])
            reference = reference[1]
        names = reference[1].split('.') + names     # in JSON it is one text
        mode = 'data.' if names[0] == 'data' else 'resource.'
        names = names[mode == 'data.':]
        if not (names[1] in self.calls if names[0] == 'module' else
                (mode, names[0], names[1]) in self.resources):
            raise Unknown('%s is not declared' % '.'.join(names))

    def text_of(self, path):
        return self.files[posixpath.normpath(path)]

    def memo(self, name, compute):
        if name not in self.known:
            if name in self.begun:
                raise RecursionError('%s is made of itself' % (name,))
            self.begun.add(name)
            try:
                self.known[name] = compute()
            finally:
                self.begun.discard(name)
        return self.known[name]

    def variable(self, name):
        value = self.untyped(name)
        kind = self.variables[name].attrs.get('type') if name in self.variables else None
        return typed.conform(kind, value) if kind else value

    def untyped(self, name):
        body = self.arguments.get('body')
        if body and name in body.attrs:
            return self.memo(('var', name),
                             lambda: evaluation.evaluate(body.attrs[name], self.arguments['scope']))
        for given in () if body else (self.folder + ':' + name, name):
            if given in self.world.given:
                return self.world.given[given]
        return evaluation.evaluate(self.variables[name].attrs['default'], self)

    def module(self, name):
        """A scope; of count a list of them, of for_each a map."""
        return self.memo(('module', name), lambda: self.repeated(
            self.calls[name], lambda each: self.called(name, each)))

    def called(self, name, each):
        body = self.calls[name]
        source = evaluation.evaluate(body.attrs['source'], self)
        index = '' if each is None else str(list(list(each.values())[0].values())[0])
        address = self.address + 'module.%s%s.' % (name, index)
        scope = self if each is None else evaluation.With(self, each)
        if source in known_modules.MODULES:
            return known_modules.Call(body, scope, ACCOUNT,
                                      lambda kind, given: Made(self, address, kind, given))
        return Scope(self.world, self.files, posixpath.normpath(posixpath.join(self.folder, source)),
                     address, {'body': body, 'scope': scope, 'caller': self})

    def inner(self):
        """The scopes of all modules called here."""
        for name in self.calls:
            yield from every(self.module(name))

    def local(self, name):
        return self.memo(('local', name), lambda: evaluation.evaluate(self.locals[name], self))

    def output(self, name):
        return self.memo(('out', name),
                         lambda: evaluation.evaluate(self.outputs[name].attrs['value'], self))

    def get(self, mode, kind, name):
        return self.memo((mode, kind, name), lambda: self.make(mode, kind, name))

    def make(self, mode, kind, name):
        if (mode, kind, name) not in self.resources:
            raise Unknown('%s%s.%s is not declared' % (mode, kind, name))
        body = self.resources[(mode, kind, name)]
        return self.repeated(body, lambda each: Instance(self, mode, kind, name, body, each))

    def repeated(self, body, make):
        """What count and for_each make; the argument of `make` is what they call it."""
        if 'count' in body.attrs:
            n = evaluation.evaluate(body.attrs['count'], self)
            return [make({'count': {'index': i}}) for i in range(n)]
        if 'for_each' in body.attrs:
            over = evaluation.evaluate(body.attrs['for_each'], self)
            pairs = over.items() if isinstance(over, dict) else ((x, x) for x in over)
            return {k: make({'each': {'key': k, 'value': v}}) for k, v in pairs}
        return make(None)

    def all(self, kind):
        for (mode, k, name) in self.resources:
            if mode == 'resource.' and k == kind:
                yield from every(self.get(mode, k, name))
        for m in self.inner():
            yield from m.all(kind)


def every(repeated):
    return repeated if isinstance(repeated, list) else \
        list(repeated.values()) if isinstance(repeated, dict) else [repeated]


def each_of(repeated, make):
    if isinstance(repeated, list):
        return [make(x) for x in repeated]
    if isinstance(repeated, dict):
        return {k: make(x) for k, x in repeated.items()}
    return make(repeated)


class Names:
    def __init__(self, get):
        self.attribute = get
