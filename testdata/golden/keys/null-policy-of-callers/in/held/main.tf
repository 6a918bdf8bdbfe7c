module "counted" {
  source = "../modules/counted"
}

module "tried" {
  source = "../modules/tried"
}

module "each" {
  source   = "../modules/key"
  for_each = toset(["a", "b"])
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource = module.counted.arn
    }]
  })
}

resource "aws_iam_role" "batch" {
  name               = "batch"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "batch" {
  role = aws_iam_role.batch.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource = module.tried.arn
    }]
  })
}

resource "aws_iam_role" "each" {
  name               = "each"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "each" {
  role = aws_iam_role.each.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource = module.each["a"].arn
    }]
  })
}
