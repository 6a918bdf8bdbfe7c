data "aws_kms_alias" "shared" {
  name = "alias/platform/shared"
}
