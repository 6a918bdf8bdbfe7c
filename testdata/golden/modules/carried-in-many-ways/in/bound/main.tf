variable "names" {
  type = list(string)
}

resource "aws_iam_role" "app" {
  name               = "bound-app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  count = 2
  role  = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "kms:Decrypt"
      Resource  = module.key.arn
      Condition = { StringEquals = { "kms:EncryptionContext:name" = var.names[count.index] } }
    }]
  })
}

module "key" {
  source = "./key"
}
