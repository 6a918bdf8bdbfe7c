resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "app" {
  for_each = fileset(path.module, "policies/by-*.json")
  role     = aws_iam_role.app.name
  policy   = file("${path.module}/${each.value}")
}

resource "aws_s3_bucket_policy" "app" {
  bucket = "b"
  policy = file("${path.module}/policies/bucket.json")
}
