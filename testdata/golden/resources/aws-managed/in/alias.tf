data "aws_kms_alias" "ssm" {
  name = "alias/aws/ssm"
}
