resource "aws_kms_key" "data" {}

resource "aws_cloudformation_stack" "loaded" {
  name          = "loaded"
  template_body = file("${path.module}/loaded.yaml")
}

resource "aws_cloudformation_stack" "filled" {
  name          = "filled"
  template_body = templatefile("${path.module}/filled.yaml", { role = "reader" })
}

locals {
  template = templatefile("${path.module}/local.yaml", { role = "other" })
}

resource "aws_cloudformation_stack" "local" {
  name          = "local"
  template_body = local.template
}

data "template_file" "old" {
  template = file("${path.module}/old.yaml")
  vars     = { role = "old" }
}

resource "aws_cloudformation_stack" "old" {
  name          = "old"
  template_body = data.template_file.old.rendered
}

resource "aws_cloudformation_stack_set" "encoded" {
  name = "encoded"
  template_body = jsonencode({
    Resources = {
      Reader = {
        Type = "AWS::IAM::Role"
        Properties = {
          AssumeRolePolicyDocument = {
            Statement = [{
              Effect    = "Allow"
              Principal = { Service = "lambda.amazonaws.com" }
              Action    = "sts:AssumeRole"
            }]
          }
          Policies = [{
            PolicyName = "read"
            PolicyDocument = {
              Statement = [{
                Effect   = "Allow"
                Action   = "kms:Decrypt"
                Resource = aws_kms_key.data.arn
              }]
            }
          }]
        }
      }
      Own = {
        Type = "AWS::KMS::Key"
        Properties = {
          KeyPolicy = {
            Statement = [{
              Effect    = "Allow"
              Principal = { AWS = { "Fn::GetAtt" = ["Reader", "Arn"] } }
              Action    = "kms:Decrypt"
              Resource  = "*"
            }]
          }
        }
      }
    }
  })
}

module "one" {
  source = "./module"
}

module "two" {
  source = "./module"
}

resource "awscc_cloudformation_stack" "encoded" {
  stack_name = "encoded"
  template_body = jsonencode({
    Resources = {
      Policy = {
        Type = "AWS::IAM::ManagedPolicy"
        Properties = {
          PolicyDocument = {
            Statement = [{
              Effect   = "Allow"
              Action   = "kms:Decrypt"
              Resource = aws_kms_key.data.arn
            }]
          }
        }
      }
    }
  })
}
