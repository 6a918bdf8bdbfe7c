resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

data "terraform_remote_state" "by_key" {
  backend = "s3"

  config = {
    key = "keys/state"
  }
}

data "terraform_remote_state" "unsaid" {
  backend = "s3"
}

data "terraform_remote_state" "unknown" {
  backend = "s3"

  config = {
    key = var.key
  }
}

data "terraform_remote_state" "nowhere" {
  backend = "s3"

  config = {
    path = "x"
    key  = "nowhere"
  }
}

data "terraform_remote_state" "by_prefix" {
  backend = "gcs"

  config = {
    prefix = "second"
  }
}

data "terraform_remote_state" "other_prefix" {
  backend = "gcs"

  config = {
    prefix = "third"
  }
}

variable "key" {}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "s3:ListAllMyBuckets"
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = data.terraform_remote_state.by_key.outputs.key_arn
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = data.terraform_remote_state.by_key.outputs.keys.data.arn
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = data.terraform_remote_state.by_key.outputs.keys["data"].arn
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = data.terraform_remote_state.by_key.outputs.list[0]
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = data.terraform_remote_state.by_key.outputs.text
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = data.terraform_remote_state.by_key.outputs.none
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = data.terraform_remote_state.by_key.outputs.keys.none.arn
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = data.terraform_remote_state.by_key.key_arn
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = data.terraform_remote_state.unsaid.outputs.key_arn
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = data.terraform_remote_state.unsaid.outputs.only_here
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = data.terraform_remote_state.unknown.outputs.key_arn
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = data.terraform_remote_state.nowhere.outputs.key_arn
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = data.terraform_remote_state.by_prefix.outputs.key_arn
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = data.terraform_remote_state.other_prefix.outputs.key_arn
      }
    ]
  })
}
