# SPDX-License-Identifier: MIT
"""What matrix.py breaks runs in: directories with a repository `r`, and where repositories ask each
other for grants a `box` beside it in which files are to be made, replaced and deleted."""
import gzip
import json
import os
import shutil
import subprocess

ENV = {'PATH': os.environ['PATH'], 'HOME': '/nonexistent', 'LC_ALL': 'C', 'GIT_CONFIG_NOSYSTEM': '1',
       'GIT_AUTHOR_NAME': 'T', 'GIT_AUTHOR_EMAIL': 't@e', 'GIT_COMMITTER_NAME': 'T',
       'GIT_COMMITTER_EMAIL': 't@e', 'GIT_AUTHOR_DATE': '@1700000000 +0000',
       'GIT_COMMITTER_DATE': '@1700000000 +0000'}
BRANCH = 'kmsfix/kms-decrypt-to-key-policy'

ROLE = '''resource "aws_iam_role" "r%(n)d" {
  name               = "r%(n)d"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "p%(n)d" {
  name = "p%(n)d"
  role = aws_iam_role.r%(n)d.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = %(key)s
    }]
  })
}
'''
KEY = '''data "aws_caller_identity" "current" {}

resource "aws_kms_key" "k" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}
'''
PROVIDER = '''provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}
'''
ASKED = 'data "aws_kms_alias" "k" {\n  name = "alias/k"\n}\n'
ALIAS = 'resource "aws_kms_alias" "k" {\n  name          = "alias/k"\n' \
        '  target_key_id = aws_kms_key.k.key_id\n}\n'


def git(repo, *args):
    return subprocess.run(('git', '-C', repo) + args, env=ENV, check=True, capture_output=True,
                          text=True).stdout


def write(path, text):
    with open(path, 'w') as f:
        f.write(text)


def init(path):
    git(path, 'init', '-q', '-b', 'main')
    commit(path)


def commit(path):
    git(path, 'add', '-A')
    git(path, 'commit', '-qm', '1')


def pack(path):
    git(path, 'gc', '-q')
    git(path, 'branch', '-f', 'keep')
    git(path, 'pack-refs', '--all')


def make_repo(path):
    os.makedirs(path + '/sub')
    for folder in ('', 'sub/'):
        write('%s/%skey.tf' % (path, folder), KEY)
        for n in (1, 2):
            write('%s/%srole%d.tf' % (path, folder, n), ROLE % {'n': n, 'key': 'aws_kms_key.k.arn'})
    os.chmod(path + '/sub/role1.tf', 0o755)
    init(path)
    pack(path)


def make_plain(top, _, __):
    make_repo(top + '/r')


def make_odd(top, _, __):
    """Files that Git writes with other line ends, and one that is a link."""
    repo = top + '/r'
    make_repo(repo)
    write(repo + '/more.txt', 'locals {\n  more = 1\n}\n')
    os.symlink('more.txt', repo + '/more.tf')
    write(repo + '/.gitattributes', '*.tf text eol=crlf\n')
    commit(repo)
    git(repo, 'rm', '-q', '-r', '--cached', '.')
    git(repo, 'reset', '-q', '--hard')
    pack(repo)


# ---- repositories that ask each other ----

ASK = ['--requests', '../box', '--account-details', '../details.json']
ANSWER = ['--grants', '../box']


def details():
    return json.dumps({'RoleDetailList': [{
        'Path': '/', 'RoleName': 'r%d' % n, 'RoleId': 'AROA%d' % n,
        'Arn': 'arn:aws:iam::111122223333:role/r%d' % n, 'AssumeRolePolicyDocument': {},
        'RolePolicyList': [], 'AttachedManagedPolicies': []} for n in range(1, 5)],
        'UserDetailList': [], 'GroupDetailList': [], 'Policies': []})


def run(kmsfix, repo, args):
    p = subprocess.run(kmsfix.split() + args, cwd=repo, env=ENV, capture_output=True, text=True)
    if p.returncode not in (0, 2, 3):
        raise SystemExit('%s: %s' % (args, p.stderr))


def named(path, name):
    """What it is called."""
    git(path, 'remote', 'add', 'origin', 'https://example.org/org/%s.git' % name)
    git(path, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main')


def publish(path):
    """Others have seen all of it."""
    git(path, 'update-ref', 'refs/remotes/origin/main', 'HEAD')


def set_roles(repo, numbers, before=''):
    for name in os.listdir(repo):
        if name.startswith('role'):
            os.unlink(repo + '/' + name)
    for n in numbers:
        write('%s/role%d.tf' % (repo, n),
              before + ROLE % {'n': n, 'key': 'data.aws_kms_alias.k.target_key_arn'})


def make_asking(top, kmsfix, _):
    """Of the requests for roles 1 and 2 the first is to change and the second to go; that for 3 is
    new. A key of its own has a role that a branch could move."""
    repo = ask_for(top, kmsfix, 'r', (1, 2))
    set_roles(repo, (1, 3), '# on another line\n')
    write(repo + '/own.tf', KEY + ROLE % {'n': 4, 'key': 'aws_kms_key.k.arn'})
    commit(repo)
    pack(repo)


def ask_for(top, kmsfix, name, roles):
    repo = '%s/%s' % (top, name)
    os.makedirs(repo)
    os.makedirs(top + '/box')
    write(top + '/details.json', details())
    write(repo + '/main.tf', PROVIDER + ASKED)
    set_roles(repo, roles)
    init(repo)
    named(repo, 'app')
    publish(repo)
    run(kmsfix, repo, ASK)
    return repo


def make_owning(top, kmsfix, _):
    """Of the receipts for roles 1 and 2 the first is to change with its request, and the second to
    go with its grant, which a branch could bring back; that for 3 is new."""
    shutil.rmtree(ask_for(top, kmsfix, 'app', (1, 2, 3)))
    repo, key = top + '/r', top + '/r/main.tf'
    os.makedirs(repo)
    write(key, PROVIDER + KEY + ALIAS)
    init(repo)
    named(repo, 'keys')
    run(kmsfix, repo, ANSWER + ['--apply'])
    git(repo, 'merge', '-q', '--ff-only', BRANCH)
    git(repo, 'branch', '-q', '-d', BRANCH)
    publish(repo)
    late = request_of(top + '/box', 3)
    os.rename(late, top + '/late')
    run(kmsfix, repo, ANSWER)
    os.rename(top + '/late', late)
    asked = request_of(top + '/box', 1)
    write(asked, read(asked).replace('"line": ', '"line": 9'))
    text = read(key)
    line = next(l for l in text.splitlines(True) if ':role/r2"' in l)
    write(key, text.replace(line, ''))
    commit(repo)
    publish(repo)
    pack(repo)


def read(path):
    with open(path) as f:
        return f.read()


def request_of(box, n):
    return next(box + '/' + name for name in os.listdir(box)
                if 'receipt' not in name and ':role/r%d"' % n in read(box + '/' + name))


# ---- what is told beside the code ----

TOLD = ['--account-details', '../details.json', '--evidence', '../logs', '--evidence', '../one.json']
USE = {'eventTime': '2026-01-01T00:00:00Z', 'eventSource': 'kms.amazonaws.com', 'eventName': 'Decrypt',
       'userIdentity': {'type': 'AssumedRole', 'sessionContext': {'sessionIssuer': {
           'type': 'Role', 'arn': 'arn:aws:iam::111122223333:role/r1'}}},
       'resources': [{'ARN': 'arn:aws:kms:eu-west-1:111122223333:key/'
                             '1234abcd-12ab-34cd-56ef-1234567890ab'}]}


def make_told(top, _, __):
    """Details of the account, and logs as files, one of them compressed."""
    make_repo(top + '/r')
    log = json.dumps({'Records': [USE]})
    os.makedirs(top + '/logs/day')
    write(top + '/details.json', details())
    write(top + '/one.json', log)
    write(top + '/logs/two.json', log)
    with gzip.open(top + '/logs/day/three.json.gz', 'wt') as f:
        f.write(log)


# ---- what an earlier run left ----

def stop_write(top, kmsfix, inject, begun):
    """A --write that was killed, with some files that are new, or (begun) before there were any."""
    make_repo(top + '/fresh')
    journal = top + '/r/.git/kmsfix-write' + ('.begun' if begun else '')
    for at in range(4, 200):
        shutil.rmtree(top + '/r', ignore_errors=True)
        shutil.copytree(top + '/fresh', top + '/r')
        env = dict(ENV, INJECT_WHAT='write', INJECT_AT=str(at), LD_PRELOAD=inject)
        subprocess.run(kmsfix.split() + ['--write'], cwd=top + '/r', env=env, capture_output=True)
        temps = [f for f in os.listdir(top + '/r') if f.startswith('.kmsfix-')]
        if os.path.exists(journal) and len(temps) > 1 and (begun or git(top + '/r', 'diff')):
            return shutil.rmtree(top + '/fresh')
    raise SystemExit('no run that was killed left ' + journal)


def make_begun(top, kmsfix, inject):
    stop_write(top, kmsfix, inject, True)


def make_stopped(top, kmsfix, inject):
    stop_write(top, kmsfix, inject, False)


def make_merged(top, kmsfix, _):
    """The branch has been merged, so that it is to go."""
    make_repo(top + '/r')
    run(kmsfix, top + '/r', ['--apply'])
    git(top + '/r', 'merge', '-q', '--ff-only', BRANCH)


# ---- where results go ----

OUTPUTS = ['--format', 'json', '--output', '../old.json', '--format', 'text', '--output', '../new.txt']
SCRIPT = ['account', '../export', '--script', '../change']
TEXT = {'Version': '2012-10-17', 'Statement': [{
    'Effect': 'Allow', 'Action': ['kms:Decrypt', 'kms:Encrypt'],
    'Resource': 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'}]}
KEY_TEXT = {'Version': '2012-10-17', 'Statement': [{
    'Effect': 'Allow', 'Action': 'kms:*', 'Resource': '*',
    'Principal': {'AWS': 'arn:aws:iam::111122223333:root'}}]}


def make_outputs(top, _, __):
    """One of the files that the results go to is there."""
    make_repo(top + '/r')
    write(top + '/old.json', 'of an earlier run\n')


def make_export(top, _, __):
    """An account of which nothing but policies is known, and a repository that does not matter."""
    make_repo(top + '/r')
    told = json.loads(details())
    told['RoleDetailList'][0]['RolePolicyList'] = [{'PolicyName': 'p', 'PolicyDocument': TEXT}]
    key = TEXT['Statement'][0]['Resource']
    os.makedirs(top + '/export/' + key.rsplit('/', 1)[1])
    write(top + '/export/details.json', json.dumps(told))
    write(top + '/export/describe-key.json', json.dumps({'KeyMetadata': {
        'AWSAccountId': '111122223333', 'KeyId': key.rsplit('/', 1)[1], 'Arn': key,
        'KeyManager': 'CUSTOMER', 'KeyState': 'Enabled', 'MultiRegion': False}}))
    write('%s/export/%s/get-key-policy.json' % (top, key.rsplit('/', 1)[1]),
          json.dumps({'Policy': json.dumps(KEY_TEXT)}))


def make_pushed(top, _, __):
    """A repository whose branches go to another one."""
    make_repo(top + '/r')
    git(top, 'init', '-q', '--bare', 'up.git')
    git(top + '/r', 'remote', 'add', 'origin', '../up.git')
    git(top + '/r', 'push', '-q', 'origin', 'main')
    git(top + '/r', 'fetch', '-q', 'origin')


# mode: what makes its world, and what the program is told; -plain: files cannot exchange names
MODES = {
    'diff': (make_plain, []),
    'apply': (make_plain, ['--apply']),
    'write': (make_plain, ['--write']),
    'write-plain': (make_plain, ['--write']),
    'odd': (make_odd, ['--write']),
    'requests': (make_asking, ASK),
    'receipts': (make_owning, ANSWER),
    'requests-apply': (make_asking, ASK + ['--apply']),
    'receipts-write': (make_owning, ANSWER + ['--write']),
    'told': (make_told, TOLD),
    'begun': (make_begun, ['--write']),
    'stopped': (make_stopped, ['--write']),
    'merged': (make_merged, ['--apply', '--prune']),
    'outputs': (make_outputs, OUTPUTS),
    'account': (make_export, SCRIPT),
    'push': (make_pushed, ['--apply', '--push', 'origin']),
}
