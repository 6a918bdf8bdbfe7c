resource "aws_kms_key" "data" {
  description = "data"
}

module "app" {
  source = "./modules/app"

  statements = [
    {
      actions   = ["kms:Decrypt"]
      resources = [aws_kms_key.data.arn]
    },
    {
      actions   = ["s3:GetObject"]
      resources = ["*"]
    }
  ]
}
