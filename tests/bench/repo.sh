#!/bin/sh
# SPDX-License-Identifier: MIT
# A generated repository for measurements, always the same for the same arguments.
#	tests/bench/repo.sh SHAPE N DIRECTORY
# SHAPE: quiet     N files of roots without anything of interest
#        files     N files; one root in twenty has a finding
#        findings  N findings, 20 to a root, each with a role and a key of its own
#        modules   N calls of one module that makes a role and a policy, in roots of 20
#        pairs     N roles that share one policy for N / 4 keys
#        line      N statements for one key, all on one line
#        aliases   N keys of one root, each named by its alias
set -eu
shape=$1 n=$2 dir=$3

git init -q "$dir"
cd "$dir"
awk -v shape="$shape" -v n="$n" '
function open_file(path) {
	if (out != "")
		close(out)
	out = path
}

function put(line) {
	print line >out
}

# What most files of infrastructure code are: nothing to do with keys.
function plain_block(i) {
	put("resource \"aws_instance\" \"server_" i "\" {")
	put("  ami                    = data.aws_ami.this.id # set by the pipeline")
	put("  instance_type          = var.size_" i % 7)
	put("  count                  = var.create ? 1 : 0")
	put("  vpc_security_group_ids = [aws_security_group.group_" i ".id]")
	put("  tags                   = merge(local.tags, { Name = \"server-${var.name}-" i "\" })")
	put("  root_block_device {")
	put("    volume_size = " 20 + i % 80)
	put("    encrypted   = true")
	put("  }")
	put("}")
	put("")
	put("resource \"aws_security_group\" \"group_" i "\" {")
	put("  name   = \"group-" i "\"")
	put("  vpc_id = var.vpc")
	put("  ingress {")
	put("    from_port   = " 1024 + i % 60000)
	put("    to_port     = " 1024 + i % 60000)
	put("    protocol    = \"tcp\"")
	put("    cidr_blocks = [for net in var.networks : net if net != \"10." i % 250 ".0.0/16\"]")
	put("  }")
	put("}")
	put("")
}

function plain_file(path, i,  k) {
	open_file(path)
	for (k = 0; k < 4; k++)
		plain_block(4 * i + k)
}

function declare(k) {
	put("variable \"name\" { type = string }")
	put("variable \"create\" { default = true }")
	put("variable \"vpc\" {}")
	put("variable \"networks\" { type = list(string) }")
	for (k = 0; k < 7; k++)
		put("variable \"size_" k "\" { default = \"t3.medium\" }")
	put("locals {")
	put("  tags = { team = \"bench\", name = var.name }")
	put("}")
	put("data \"aws_ami\" \"this\" {")
	put("  most_recent = true")
	put("}")
}

function role(name) {
	put("resource \"aws_iam_role\" \"" name "\" {")
	put("  name               = \"" name "\"")
	put("  assume_role_policy = jsonencode({")
	put("    Version = \"2012-10-17\"")
	put("    Statement = [{ Effect = \"Allow\", Action = \"sts:AssumeRole\", Principal = { Service = \"ec2.amazonaws.com\" } }]")
	put("  })")
	put("}")
	put("")
}

function attach(role_name, policy_name) {
	put("resource \"aws_iam_role_policy_attachment\" \"" role_name "\" {")
	put("  role       = aws_iam_role." role_name ".name")
	put("  policy_arn = aws_iam_policy." policy_name ".arn")
	put("}")
	put("")
}

function policy(name, actions, resources) {
	put("resource \"aws_iam_policy\" \"" name "\" {")
	put("  name   = \"" name "\"")
	put("  policy = jsonencode({")
	put("    Version = \"2012-10-17\"")
	put("    Statement = [{")
	put("      Effect   = \"Allow\"")
	put("      Action   = [" actions "]")
	put("      Resource = [" resources "]")
	put("    }]")
	put("  })")
	put("}")
	put("")
}

function finding(i) {
	put("resource \"aws_kms_key\" \"key_" i "\" {")
	put("  description = \"data of " i "\"")
	put("}")
	put("")
	role("role_" i)
	policy("policy_" i, "\"kms:Decrypt\", \"kms:Encrypt\"", "aws_kms_key.key_" i ".arn")
	attach("role_" i, "policy_" i)
}

function root(i) {
	return "roots/r" int(i / 100) "/root" i
}

# Ten files each: declarations, a role with a policy, and eight of servers.
function roots(every,  i, k, path) {
	for (i = 0; i * 10 < n; i++) {
		path = root(i)
		system("mkdir -p " path)
		open_file(path "/variables.tf")
		declare()
		open_file(path "/iam.tf")
		role("app_" i)
		policy("app_" i, "\"s3:GetObject\", \"s3:ListBucket\"", "\"arn:aws:s3:::data-" i "/*\"")
		attach("app_" i, "app_" i)
		if (every && i % every == 0)
			finding(i)
		for (k = 0; k < 8; k++)
			plain_file(path "/servers" k ".tf", 8 * i + k)
	}
}

function findings(  i) {
	for (i = 0; i < n; i++) {
		if (i % 20 == 0) {
			system("mkdir -p " root(i / 20))
			open_file(root(i / 20) "/main.tf")
		}
		finding(i)
	}
}

function modules(  i) {
	system("mkdir -p modules/app")
	open_file("modules/app/main.tf")
	put("variable \"name\" {}")
	put("variable \"key\" {}")
	role("this")
	policy("this", "\"kms:Decrypt\", \"kms:GenerateDataKey\"", "var.key")
	attach("this", "this")
	for (i = 0; i < n; i++) {
		if (i % 20 == 0) {
			system("mkdir -p " root(i / 20))
			open_file(root(i / 20) "/main.tf")
		}
		put("resource \"aws_kms_key\" \"key_" i "\" {}")
		put("")
		put("module \"app_" i "\" {")
		put("  source = \"../../../modules/app\"")
		put("  name   = \"app-" i "\"")
		put("  key    = aws_kms_key.key_" i ".arn")
		put("}")
		put("")
	}
}

function pairs(  i, keys) {
	open_file("main.tf")
	for (i = 0; i * 4 < n; i++) {
		put("resource \"aws_kms_key\" \"key_" i "\" {}")
		keys = keys (i ? ", " : "") "aws_kms_key.key_" i ".arn"
	}
	policy("shared", "\"kms:Decrypt\", \"kms:Encrypt\"", keys)
	for (i = 0; i < n; i++) {
		role("role_" i)
		attach("role_" i, "shared")
	}
}

function line(  i, all) {
	open_file("main.tf")
	put("resource \"aws_kms_key\" \"key\" {}")
	role("app")
	for (i = 0; i < n; i++)
		all = all (i ? ", " : "") "{ Effect = \"Allow\", Action = [\"kms:Decrypt\", \"s3:GetObject\"], Resource = aws_kms_key.key.arn }"
	put("resource \"aws_iam_role_policy\" \"app\" {")
	put("  role   = aws_iam_role.app.name")
	put("  policy = jsonencode({ Version = \"2012-10-17\", Statement = [" all "] })")
	put("}")
}

function aliases(  i) {
	open_file("main.tf")
	for (i = 0; i < n; i++) {
		put("resource \"aws_kms_key\" \"key_" i "\" {}")
		put("")
		put("resource \"aws_kms_alias\" \"key_" i "\" {")
		put("  name          = \"alias/key-" i "\"")
		put("  target_key_id = aws_kms_key.key_" i ".id")
		put("}")
		put("")
		put("data \"aws_kms_alias\" \"key_" i "\" {")
		put("  name = \"alias/key-" i "\"")
		put("}")
		put("")
		role("role_" i)
		policy("policy_" i, "\"kms:Decrypt\", \"kms:Encrypt\"", "data.aws_kms_alias.key_" i ".target_key_arn")
		attach("role_" i, "policy_" i)
	}
}

BEGIN {
	if (shape == "quiet")
		roots(0)
	else if (shape == "files")
		roots(20)
	else if (shape == "findings")
		findings()
	else if (shape == "modules")
		modules()
	else if (shape == "line")
		line()
	else if (shape == "aliases")
		aliases()
	else
		pairs()
}'
git add -A
GIT_AUTHOR_DATE='1700000000 +0000' GIT_COMMITTER_DATE='1700000000 +0000' git -c user.name=bench -c user.email=bench@example.com \
	commit -q -m "$shape $n"
git repack -q -a -d
