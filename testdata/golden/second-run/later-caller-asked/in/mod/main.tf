variable "kms_decrypt_principal_arns" {
  type    = list(string)
  default = []
}
data "aws_caller_identity" "current" {}
resource "aws_kms_key" "k" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Sid    = "Enable IAM User Permissions"
        Effect = "Allow"
        Principal = {
          AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      }
      ], length(var.kms_decrypt_principal_arns) > 0 ? [{
        Sid    = "KmsfixDecrypt8af4d19e"
        Effect = "Allow"
        Principal = {
          AWS = var.kms_decrypt_principal_arns
        }
        Action   = "kms:Decrypt"
        Resource = "*"
    }] : [])
  })
}
output "arn" { value = aws_kms_key.k.arn }
resource "aws_kms_grant" "t" {
  count = length(var.kms_decrypt_principal_arns) > 0 ? 1 : 0
  key_id = aws_kms_key.k.id
  grantee_principal = "arn:aws:iam::111122223333:role/x"
  operations = ["GenerateDataKey"]
}
