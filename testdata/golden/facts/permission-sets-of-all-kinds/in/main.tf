data "aws_caller_identity" "current" {}

resource "aws_kms_key" "k" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}


resource "aws_iam_policy" "boundary" {
  name = "boundary"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:GetObject"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

resource "aws_iam_policy" "managed" {
  name = "managed"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:GetObject"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

resource "aws_iam_policy" "plain" {
  name = "plain"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:GetObject"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

resource "aws_ssoadmin_permissions_boundary_attachment" "b" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-1"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"

  permissions_boundary {
    managed_policy_arn = aws_iam_policy.boundary.arn
  }
}

resource "aws_ssoadmin_customer_managed_policy_attachment" "m" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-1"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"

  customer_managed_policy_reference {
    name = aws_iam_policy.managed.name
    path = "/"
  }
}

resource "aws_iam_role_policy_attachment" "managed" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.managed.arn
}

resource "aws_iam_role_policy_attachment" "boundary" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.boundary.arn
}

resource "aws_iam_role_policy_attachment" "plain" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.plain.arn
}

resource "aws_ssoadmin_permission_set_inline_policy" "i" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-1"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"
  inline_policy      = aws_iam_policy.plain.policy
}
