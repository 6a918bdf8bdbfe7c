variable "reads" {
  type = bool
}

variable "night" {
  type = bool
}

module "store" {
  source = "./store"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = file("trust.json")
}

resource "aws_iam_role" "api" {
  name               = "api"
  assume_role_policy = file("trust.json")
}

resource "aws_iam_role" "job" {
  for_each           = toset(var.night ? ["on"] : [])
  name               = "job"
  assume_role_policy = file("trust.json")
}

resource "aws_iam_policy" "all" {
  for_each = toset(var.reads ? ["on"] : [])
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = module.store.arn },
    ]
  })
}

resource "aws_iam_policy_attachment" "all" {
  name       = "all"
  roles      = [aws_iam_role.app.name, aws_iam_role.job["on"].name, aws_iam_role.api.name]
  policy_arn = aws_iam_policy.all["on"].arn
}
