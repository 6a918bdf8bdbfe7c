resource "aws_s3_object" "copy" {
  bucket  = local.bucket
  key     = "policy.json"
  content = file("${path.module}/policy.json")
}
