/* SPDX-License-Identifier: MIT */
/*
 * --push to real servers on the loopback: git http-backend behind lighttpd, which wants a password,
 * and an sshd, which wants a key. Skipped where these are not installed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "git_fixture.h"
#include "program.h"

#define BRANCH "kmsfix/kms-decrypt-to-key-policy"
#define SBIN "PATH=$PATH:/usr/sbin; "
#define LEASE_HINT "and said why; where that is 'stale info', run git fetch 'origin' '+refs/heads/"

static struct outcome apply(struct git_fixture *f, const char *const *more)
{
	const char *args[PROGRAM_ARGS + 1] = { "--apply", "--push", "origin", at(f, "r") };

	for (size_t i = 0; more[i]; i++)
		args[i + 4] = more[i];
	return program_run(f->arena, args);
}

#define PUSH(f, ...) apply((f), (const char *const[]){ __VA_ARGS__, NULL })

/* `says` stands in what is said. */
static void expect(struct outcome o, int status, const char *says)
{
	if (o.status != status || !str_has(o.err, str_from(says)))
		test_fail("exits with %d, not %d saying '%s': %.*s", o.status, status, says,
			  STR_ARG(o.err));
}

/* The commit of our branch in a repository; empty: there is none. */
static str tip(struct git_fixture *f, const char *repo)
{
	return sh_out(f, "git -C %s rev-parse -q --verify " BRANCH " || true", repo);
}

/* ---- servers ---- */

/* Repository r, with the demo, as a clone of the bare repository srv/r.git at `url`. */
static void make_repos(struct git_fixture *f, const char *url)
{
	char here[4096];

	sh(f,
	   "mkdir srv; cp -R '%s'/testdata/demo w; cd w; git init -q; git add .; git commit -qm "
	   "one;"
	   "git clone -q --bare . ../srv/r.git; git -C ../srv/r.git config http.receivepack true;"
	   "cd ..; git clone -q srv/r.git r; git -C r remote set-url origin '%s'",
	   getcwd(here, sizeof(here)), url);
}

static bool has_tools(const char *tools)
{
	char command[256];

	snprintf(command, sizeof(command),
		 SBIN "for t in %s; do command -v $t || exit 1; done "
		      ">/dev/null",
		 tools);
	if (system(command) == 0)
		return true;
	program_lacks(tools);
	return false;
}

/* A port that is free, most likely; if it is not, starting is tried again with another one. */
static int some_port(int round)
{
	return 20000 + ((int)getpid() * 7 + round * 977) % 10000;
}

/* Starts what `script` starts with $PORT until it is up; then its pid is in the file `pid`. */
static int start(struct git_fixture *f, const char *script)
{
	for (int round = 0; round < 10; round++) {
		int port = some_port(round);
		str said = sh_out(f,
				  SBIN
				  "PORT=%d; rm -f pid; if %s; then for i in $(seq 60); do "
				  "if [ -s pid ]; then kill -0 $(cat pid) && echo up; break; fi; "
				  "sleep 0.05; done; fi",
				  port, script);

		if (str_has(said, S("up")))
			return port;
		print_message("%.*s\n", STR_ARG(said));
	}
	fail_msg("no server can be started");
	return 0;
}

/* The teardown of a test that started one, however the test ended. */
static int stop_server(void **state)
{
	struct git_fixture *f = *state;

	sh(f, "[ -s pid ] || exit 0; kill $(cat pid) || exit 0; for i in $(seq 100); do "
	      "kill -0 $(cat pid) 2>/dev/null || exit 0; sleep 0.05; done; exit 1");
	return git_fixture_destroy(state);
}

#define SERVER_TEST(name) cmocka_unit_test_setup_teardown(name, git_fixture_create, stop_server)

static int start_http(struct git_fixture *f)
{
	test_write(at(f, "users"), S("bot:secret\n"));
	test_write(at(f, "conf.start"),
		   str_fmt(f->arena,
			   "server.modules = (\"mod_auth\", \"mod_authn_file\", \"mod_setenv\", "
			   "\"mod_alias\", \"mod_cgi\")\n"
			   "server.document-root = \"%s\"\nserver.bind = \"127.0.0.1\"\n"
			   "server.pid-file = \"%s/pid\"\nserver.errorlog = \"%s/log\"\n"
			   "auth.backend = \"plain\"\nauth.backend.plain.userfile = \"%s/users\"\n"
			   "auth.require = (\"/\" => (\"method\" => \"basic\", \"realm\" => "
			   "\"git\", \"require\" => \"valid-user\"))\n"
			   "setenv.set-environment = (\"GIT_PROJECT_ROOT\" => \"%s/srv\", "
			   "\"GIT_HTTP_EXPORT_ALL\" => \"1\")\n"
			   "alias.url = (\"/git\" => \"/usr/lib/git-core/git-http-backend\")\n"
			   "cgi.assign = (\"\" => \"\")\nserver.port = ",
			   f->dir, f->dir, f->dir, f->dir, f->dir));
	return start(f, "(cat conf.start; echo $PORT) >conf; lighttpd -f conf");
}

static int start_ssh(struct git_fixture *f)
{
	sh(f, "for k in host user stranger; do ssh-keygen -q -t ed25519 -N '' -f $k; done;"
	      "cp user.pub allowed; [ $(id -u) != 0 ] || mkdir -p /run/sshd");
	test_write(at(f, "conf.start"),
		   str_fmt(f->arena,
			   "ListenAddress 127.0.0.1\nHostKey %s/host\nPidFile %s/pid\n"
			   "AuthorizedKeysFile %s/allowed\nStrictModes no\n"
			   "PasswordAuthentication no\nKbdInteractiveAuthentication no\nPort ",
			   f->dir, f->dir, f->dir));
	return start(f, "(cat conf.start; echo $PORT) >conf; "
			"$(command -v sshd) -f \"$PWD/conf\" -E log");
}

/* ---- what is the same for all servers ---- */

static void expect_half(struct git_fixture *f, struct outcome o, const char *says)
{
	expect(o, 4, says);
	expect(o, 4, "kmsfix: branch '" BRANCH "' is done here, but not on 'origin': ");
	expect(o, 4, "; NOT pushed to 'origin'\n");
	assert_true(tip(f, "r").n > 0);
}

static void push_again(struct git_fixture *f)
{
	struct outcome o = PUSH(f, "--format=json");

	expect(o, 3, "committed on branch '" BRANCH "'");
	expect(o, 3, "; pushed to 'origin'\n");
	assert_true(str_has(o.out, S("\"pushed\": true")));
	assert_str(tip(f, "srv/r.git"), tip(f, "r").p);
	expect(PUSH(f, "-q"), 3, "Everything up-to-date");
	sh(f, "cd r; git commit -q --allow-empty -m moved");
	expect(PUSH(f, "-q"), 3, "(forced update)");
	assert_str(tip(f, "srv/r.git"), tip(f, "r").p);
}

/* Somebody commits there: first we do not know of it, then we do. */
static void push_beside_others(struct git_fixture *f)
{
	str theirs;
	struct outcome o;

	sh(f,
	   "cd srv/r.git; git update-ref refs/heads/" BRANCH " $(git commit-tree -m mine -p " BRANCH
	   " " BRANCH "^{tree}); cd ../../r; git commit -q --allow-empty -m again");
	theirs = tip(f, "srv/r.git");
	o = PUSH(f, "--format=json");
	expect_half(f, o, LEASE_HINT);
	expect(o, 4, "stale info");
	assert_true(str_has(o.out, S("\"pushed\": false")));
	assert_str(sh_out(f, "git -C r rev-list --count main.." BRANCH), "1\n");
	sh(f, "cd r; git fetch -q ../srv/r.git '+refs/heads/*:refs/remotes/origin/*'");
	expect_half(f, PUSH(f, "--phased"),
		    "its '" BRANCH "' has a commit that kmsfix did not write; --force replaces it");
	assert_str(tip(f, "srv/r.git"), theirs.p);
	assert_str(sh_out(f, "git -C r rev-list --count main.." BRANCH), "2\n");
	expect(PUSH(f, "--force"), 3, "; pushed to 'origin'\n");
	assert_str(tip(f, "srv/r.git"), tip(f, "r").p);
}

static void push_in_vain(struct git_fixture *f)
{
	str theirs = tip(f, "srv/r.git");

	sh(f, "printf '#!/bin/sh\necho not today\nexit 1\n' >srv/r.git/hooks/pre-receive;"
	      "chmod +x srv/r.git/hooks/pre-receive; cd r; git commit -q --allow-empty -m more");
	expect_half(f, PUSH(f, "--format=json"), "pre-receive hook declined");
	assert_str(tip(f, "srv/r.git"), theirs.p);
	sh(f, "rm srv/r.git/hooks/pre-receive");
	expect(PUSH(f, "--color=never"), 3,
	       "branch '" BRANCH "' is up to date; pushed to 'origin'");
}

static void push_deletion(struct git_fixture *f)
{
	sh(f, "cd r; git merge -q " BRANCH
	      "; printf '#!/bin/sh\nexit 1\n' >../srv/r.git/hooks/pre-receive;"
	      "chmod +x ../srv/r.git/hooks/pre-receive");
	expect(PUSH(f, "--prune"), 4, "branch '" BRANCH "' is deleted here, but not on 'origin': ");
	assert_int_equal(tip(f, "r").n, 0);
	assert_true(tip(f, "srv/r.git").n > 0);
	sh(f, "rm srv/r.git/hooks/pre-receive");
	expect(PUSH(f, "--prune"), 3, "deleted branch '" BRANCH "'");
	assert_int_equal(tip(f, "srv/r.git").n + tip(f, "r").n, 0);
	assert_false(str_has(PUSH(f, "--prune").err, S("branch")));
}

/* A new clone knows the branch from the remote only. */
static void push_from_new_clone(struct git_fixture *f)
{
	str made = tip(f, "r");

	sh(f, "url=$(git -C r remote get-url origin); rm -rf r; git clone -q srv/r.git r; git -C r "
	      "remote set-url origin $url");
	expect(PUSH(f, "-q"), 3, "Everything up-to-date");
	assert_str(tip(f, "r"), made.p);
}

static void push_everything(struct git_fixture *f)
{
	push_again(f);
	push_beside_others(f);
	push_in_vain(f);
	push_deletion(f);
}

/* ---- the servers ---- */

static void pushing_goes_by_http(void **state)
{
	struct git_fixture *f = *state;
	struct outcome o;
	int port;

	if (!has_tools("lighttpd"))
		return;
	port = start_http(f);
	make_repos(f, str_fmt(f->arena, "http://127.0.0.1:%d/git/r.git", port).p);
	sh(f,
	   "cd r; git config credential.helper 'store --file=%s';"
	   "echo http://bot:wrong@127.0.0.1:%d >../creds",
	   at(f, "creds"), port);
	o = PUSH(f, "-q");
	expect(o, 4, "Authentication failed");
	expect(o, 4, "is done here, but not on 'origin'");
	assert_true(tip(f, "r").n > 0);
	sh(f, "git -C r branch -q -D " BRANCH "; echo http://bot:secret@127.0.0.1:%d >creds", port);
	push_everything(f);
}

static void pushing_goes_by_ssh(void **state)
{
	struct git_fixture *f = *state;
	static const char ssh[] = "ssh -F none -o BatchMode=yes -o IdentitiesOnly=yes -o "
				  "StrictHostKeyChecking=accept-new -o UserKnownHostsFile=%s -i %s";
	int port;

	if (!has_tools("sshd"))
		return;
	port = start_ssh(f);
	make_repos(f, str_fmt(f->arena, "ssh://127.0.0.1:%d%s/srv/r.git", port, f->dir).p);
	setenv("GIT_SSH_COMMAND", str_fmt(f->arena, ssh, at(f, "known"), at(f, "stranger")).p, 1);
	expect(PUSH(f, "-q"), 4, "Permission denied (publickey)");
	assert_true(tip(f, "r").n > 0);
	sh(f, "git -C r branch -q -D " BRANCH);
	setenv("GIT_SSH_COMMAND", str_fmt(f->arena, ssh, at(f, "known"), at(f, "user")).p, 1);
	push_everything(f);
	unsetenv("GIT_SSH_COMMAND");
}

/* ---- what needs no server ---- */

static void a_new_clone_takes_what_the_remote_has(void **state)
{
	struct git_fixture *f = *state;

	make_repos(f, "../srv/r.git");
	expect(PUSH(f, "-q"), 3, "[new branch]");
	push_from_new_clone(f);
}

static void pushing_goes_to_a_directory(void **state)
{
	struct git_fixture *f = *state;

	make_repos(f, "../srv/r.git");
	push_everything(f);
}

/* Each is tried, and the first that cannot be pushed is named. */
static void of_several_branches_each_is_pushed(void **state)
{
	struct git_fixture *f = *state;
	struct outcome o;

	make_repos(f, "../srv/r.git");
	sh(f, "printf '#!/bin/sh\nexit 1\n' >srv/r.git/hooks/pre-receive;"
	      "chmod +x srv/r.git/hooks/pre-receive");
	o = PUSH(f, "--group-by=key", "--format=json");
	expect(o, 4, "kms-decrypt-to-key-policy-aws-kms-key-data-4617351a' is done here, but not");
	assert_false(str_has(o.err, S("key-reports-50995359' is done here, but not")));
	assert_str(sh_out(f, "git -C r for-each-ref refs/heads/kmsfix | wc -l"), "2\n");
	sh(f, "rm srv/r.git/hooks/pre-receive");
	expect(PUSH(f, "--group-by=key"), 3, "pushed to 'origin'");
	assert_str(sh_out(f, "git -C srv/r.git for-each-ref refs/heads/kmsfix | wc -l"), "2\n");
}

/* What only the remote has is deleted there; a branch of a person's is not, whatever its name. */
static void obsolete_branches_are_deleted_where_they_are(void **state)
{
	struct git_fixture *f = *state;

	make_repos(f, "../srv/r.git");
	expect(PUSH(f, "-q", "--group-by=key"), 3, "[new branch]");
	sh(f,
	   "cd r; for b in $(git for-each-ref --format='%%(refname:short)' refs/heads/kmsfix);"
	   "do git merge -q -m m $b; done; git branch -q -D " BRANCH "-aws-kms-key-data-4617351a;"
	   "git branch -q -f " BRANCH
	   "-aws-kms-key-reports-50995359 $(git rev-list --max-parents=0 main);"
	   "git fetch -q ../srv/r.git '+refs/heads/kmsfix/*:refs/remotes/origin/kmsfix/*'");
	expect(PUSH(f, "--group-by=key"), 3, "");
	assert_str(sh_out(f, "git -C srv/r.git for-each-ref refs/heads/kmsfix | wc -l"), "2\n");
	expect(PUSH(f, "--group-by=key", "--prune"), 3,
	       "deleted branch '" BRANCH "-aws-kms-key-data-4617351a'");
	assert_str(sh_out(f, "git -C srv/r.git for-each-ref --format='%%(refname:short)' "
			     "refs/heads/kmsfix"),
		   BRANCH "-aws-kms-key-reports-50995359\n");
}

/* --apply --push origin with the words of the environment before it. */
static struct outcome push_with(struct git_fixture *f, const char *env, const char *repo)
{
	const char *program = getenv("KMSFIX"), *build = getenv("BUILD");
	str path = program ? str_from(program) :
			     str_fmt(f->arena, "%s/kmsfix", build ? build : "build");
	str script = str_fmt(f->arena, "exec env %s %.*s %.*s --apply -q --push origin %s", env,
			     STR_ARG(program_wrapper()), STR_ARG(path), repo);

	return test_run(f->arena, (const char *[]){ "sh", "-c", script.p, NULL });
}

/* In a hook of Git the environment says which repository it is; not where another one is named. */
static void the_environment_may_name_the_repository(void **state)
{
	struct git_fixture *f = *state;
	const char *env =
		str_fmt(f->arena, "GIT_DIR=%s/other/.git GIT_WORK_TREE=%s/other", f->dir, f->dir).p;

	make_repos(f, "../srv/r.git");
	sh(f, "git clone -q --bare srv/r.git srv/other.git; git clone -q srv/other.git other");
	expect(push_with(f, env, at(f, "r")), 3, "[new branch]");
	assert_int_equal(tip(f, "srv/other.git").n + tip(f, "other").n, 0);
	assert_true(tip(f, "srv/r.git").n > 0);
	expect(push_with(f, env, ""), 3, "[new branch]");
	assert_true(tip(f, "other").n > 0);
	assert_str(tip(f, "srv/other.git"), tip(f, "other").p);
}

static void a_server_that_is_not_there_costs_only_the_push(void **state)
{
	struct git_fixture *f = *state;

	make_repos(f, "../srv/nowhere.git");
	expect_half(f, PUSH(f, "--color=auto"), "git push exited with 128");
}

static void only_remotes_of_the_repository_are_pushed_to(void **state)
{
	static const char *const names[] = { "../srv/r.git", "--mirror", "ext::true", "nowhere" };
	struct git_fixture *f = *state;

	make_repos(f, "../srv/r.git");
	for (size_t i = 0; i < COUNT(names); i++) {
		const char *args[] = { "--apply", str_fmt(f->arena, "--push=%s", names[i]).p,
				       at(f, "r"), NULL };

		expect(program_run(f->arena, args), 1, "is no remote of");
		assert_int_equal(tip(f, "r").n, 0);
	}
}

/* A program called git that writes down what it was started with. */
static void git_gets_a_fixed_command_line(void **state)
{
	struct git_fixture *f = *state;
	str path = str_from(getenv("PATH")), name, id;

	make_repos(f, "../srv/r.git");
	sh(f,
	   "mkdir bin; printf '#!/bin/sh\nprintf \"[%%%%s]\" \"$@\" >%s\n' >bin/git; chmod +x "
	   "bin/git;"
	   "cd r; git mv iam.tf '$(touch x);--all.tf'; git commit -qm 'names as commands'",
	   at(f, "said"));
	setenv("PATH", str_fmt(f->arena, "%s:%.*s", at(f, "bin"), STR_ARG(path)).p, 1);
	expect(PUSH(f, "-q", "--group-by=file"), 3, "");
	setenv("PATH", str_z(f->arena, path), 1);
	name = str_trim(
		sh_out(f, "cd r; git for-each-ref --format='%%(refname)' refs/heads/kmsfix"));
	id = str_trim(sh_out(f, "git -C r rev-parse %.*s", STR_ARG(name)));
	assert_has(name.p, "refs/heads/" BRANCH "-touch-x-all-tf-");
	assert_str(test_read(f->arena, at(f, "said")),
		   str_fmt(f->arena,
			   "[-C][%s/r/][push][--no-follow-tags][--recurse-submodules=no]"
			   "[--force-with-lease=%.*s:][--][origin][%.*s:%.*s]",
			   f->dir, STR_ARG(name), STR_ARG(id), STR_ARG(name))
			   .p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SERVER_TEST(pushing_goes_by_http),
		SERVER_TEST(pushing_goes_by_ssh),
		GIT_TEST(a_new_clone_takes_what_the_remote_has),
		GIT_TEST(pushing_goes_to_a_directory),
		GIT_TEST(of_several_branches_each_is_pushed),
		GIT_TEST(obsolete_branches_are_deleted_where_they_are),
		GIT_TEST(the_environment_may_name_the_repository),
		GIT_TEST(a_server_that_is_not_there_costs_only_the_push),
		GIT_TEST(only_remotes_of_the_repository_are_pushed_to),
		GIT_TEST(git_gets_a_fixed_command_line),
	};

	setenv("GIT_TERMINAL_PROMPT", "0", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
