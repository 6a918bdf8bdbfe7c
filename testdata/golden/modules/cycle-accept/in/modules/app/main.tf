variable "name" {}

variable "key_arn" {}

resource "aws_iam_role" "app" {
  name               = var.name
  assume_role_policy = "{}"

  inline_policy {
    name = "kms"

    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [
        {
          Effect   = "Allow"
          Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource = var.key_arn
        }
      ]
    })
  }
}

output "role_arn" {
  value = aws_iam_role.app.arn
}
