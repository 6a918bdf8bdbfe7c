/* SPDX-License-Identifier: MIT */
/*
 * Two ways, as each knows what the other cannot: seccomp sees the numbers that a system call is
 * given, but not the name of a file; Landlock knows files, but not every way to change one. Each is
 * tried, and a kernel without it is no error: the program does the same with and without.
 */
#define _GNU_SOURCE
#include "kmsfix/confine.h"

#if defined(__linux__) && !defined(KMSFIX_UNCONFINED) && __has_include(<linux/landlock.h>)

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- system calls ---- */

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#endif

/* The numbers of another ABI of x86-64 begin here. */
#define X32_CALLS 0x40000000u

/* Programs and connections, and the ways around a filter of system calls. */
static const int never[] = {
	SYS_execve,
	SYS_execveat,
	SYS_socket,
	SYS_socketpair,
	SYS_connect,
	SYS_bind,
	SYS_listen,
	SYS_io_uring_setup,
	SYS_bpf,
	SYS_mount,
	SYS_umount2,
	SYS_open_by_handle_at,
	SYS_process_vm_writev,
	SYS_openat2,
};

/* What changes files by name; opening them is looked at by itself. */
static const int writing[] = {
#ifdef SYS_open /* machines that have the old calls, too */
	SYS_creat,       SYS_rename,       SYS_unlink,       SYS_rmdir,     SYS_mkdir,
	SYS_link,        SYS_symlink,      SYS_mknod,        SYS_chmod,     SYS_chown,
	SYS_lchown,      SYS_utime,        SYS_utimes,       SYS_futimesat,
#endif
#ifdef SYS_renameat
	SYS_renameat,
#endif
	SYS_renameat2,   SYS_unlinkat,     SYS_mkdirat,      SYS_linkat,    SYS_symlinkat,
	SYS_mknodat,     SYS_fchmod,       SYS_fchmodat,     SYS_fchown,    SYS_fchownat,
	SYS_utimensat,   SYS_truncate,     SYS_setxattr,     SYS_lsetxattr, SYS_fsetxattr,
	SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr,
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
/* The longest filter: two instructions for a call, five for one that opens, and some around. */
#define FILTER_MAX (2 * (COUNT(never) + COUNT(writing)) + 2 * 5 + 8)

struct filter {
	struct sock_filter v[FILTER_MAX];
	unsigned short n;
};

static void add(struct filter *f, unsigned code, unsigned k, unsigned char yes, unsigned char no)
{
	f->v[f->n++] = (struct sock_filter){ (unsigned short)code, yes, no, k };
}

static void load(struct filter *f, size_t offset)
{
	add(f, BPF_LD | BPF_W | BPF_ABS, (unsigned)offset, 0, 0);
}

static void refuse(struct filter *f)
{
	add(f, BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM, 0, 0);
}

static void refuse_calls(struct filter *f, const int *calls, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		add(f, BPF_JMP | BPF_JEQ | BPF_K, (unsigned)calls[i], 0, 1);
		refuse(f);
	}
}

/* Refuses to open for writing: the flags are argument `at`, of which the lower half counts. */
static void refuse_writers(struct filter *f, int call, size_t at)
{
	size_t low = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 4 : 0;

	add(f, BPF_JMP | BPF_JEQ | BPF_K, (unsigned)call, 0, 4);
	load(f, offsetof(struct seccomp_data, args) + 8 * at + low);
	add(f, BPF_JMP | BPF_JSET | BPF_K, O_ACCMODE | O_CREAT | O_TRUNC, 0, 1);
	refuse(f);
	add(f, BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
}

static bool confine_calls(const struct confinement *c)
{
#ifdef ARCH
	struct filter f = { .n = 0 };
	struct sock_fprog program;

	load(&f, offsetof(struct seccomp_data, arch));
	add(&f, BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0);
	refuse(&f);
	load(&f, offsetof(struct seccomp_data, nr));
	add(&f, BPF_JMP | BPF_JGE | BPF_K, X32_CALLS, 0, 1);
	refuse(&f);
	refuse_calls(&f, never, COUNT(never));
	if (!c->writes && !c->dir_count)
		refuse_calls(&f, writing, COUNT(writing));
	if (!c->writes && !c->n && !c->dir_count) {
#ifdef SYS_open
		refuse_writers(&f, SYS_open, 1);
#endif
		refuse_writers(&f, SYS_openat, 2);
	}
	add(&f, BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
	program = (struct sock_fprog){ f.n, f.v };
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
#else
	(void)c;
	return false;
#endif
}

/* ---- files ---- */

/* Of versions that the header may not know. */
#define MAY_REFER (1ULL << 13)
#define MAY_TRUNCATE (1ULL << 14)

#define MAY_MAKE                                                          \
	(LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | \
	 LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |     \
	 LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |     \
	 LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |   \
	 LANDLOCK_ACCESS_FS_MAKE_SYM)

/* All that changes something, as far as the kernel's version of Landlock has it; 0: it has none. */
static unsigned long long all_writing(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
			       LANDLOCK_CREATE_RULESET_VERSION);

	if (version < 1)
		return 0;
	return LANDLOCK_ACCESS_FS_WRITE_FILE | MAY_MAKE | (version >= 2 ? MAY_REFER : 0) |
	       (version >= 3 ? MAY_TRUNCATE : 0);
}

/* The directory that a file will be made in. */
static int open_parent(const char *file)
{
	const char *slash = strrchr(file, '/');
	char *dir = slash ? strndup(file, (size_t)(slash - file) + 1) : strdup(".");
	int fd = dir ? open(dir, O_PATH | O_CLOEXEC) : -1;

	free(dir);
	return fd;
}

/* False for a link to nowhere: who knows which file will be made. */
static bool allow_file(int rules, const char *file, unsigned long long all)
{
	struct landlock_path_beneath_attr may = {
		.allowed_access = (LANDLOCK_ACCESS_FS_WRITE_FILE | MAY_TRUNCATE) & all,
		.parent_fd = open(file, O_PATH | O_CLOEXEC),
	};
	struct stat st;

	if (may.parent_fd < 0) {
		if (lstat(file, &st) == 0)
			return false;
		may.allowed_access |= LANDLOCK_ACCESS_FS_MAKE_REG;
		may.parent_fd = open_parent(file);
	}
	/* What is refused here has no directory, or is no file: opening it tells which. */
	if (may.parent_fd >= 0) {
		syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &may, 0);
		close(may.parent_fd);
	}
	return true;
}

/* Files of a directory and below. */
static void allow_dir(int rules, const char *dir, unsigned long long all)
{
	struct landlock_path_beneath_attr may = {
		.allowed_access = (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |
				   LANDLOCK_ACCESS_FS_REMOVE_FILE | MAY_TRUNCATE) &
				  all,
		.parent_fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC),
	};

	if (may.parent_fd < 0)
		return; /* reading it will tell why */
	syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &may, 0);
	close(may.parent_fd);
}

static bool confine_files(const struct confinement *c)
{
	struct landlock_ruleset_attr attr = { .handled_access_fs = all_writing() };
	bool ok = !c->writes && attr.handled_access_fs;
	int rules = ok ? (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr), 0) : -1;

	ok = rules >= 0;
	for (size_t i = 0; ok && i < c->n; i++)
		ok = allow_file(rules, c->files[i], attr.handled_access_fs);
	for (size_t i = 0; ok && i < c->dir_count; i++)
		allow_dir(rules, c->dirs[i], attr.handled_access_fs);
	ok = ok && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	if (rules >= 0)
		close(rules);
	return ok;
}

unsigned confine(const struct confinement *c)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return 0;
	/* The files first: the filter may refuse what that takes. */
	unsigned in_force = confine_files(c) ? CONFINED_FILES : 0;
	return in_force | (confine_calls(c) ? CONFINED_CALLS : 0);
}

#else

unsigned confine(const struct confinement *c)
{
	(void)c;
	return 0;
}

#endif
