variable "levels" { type = set(string) }
data "aws_iam_policy_document" "dyn" {
  dynamic "statement" {
    for_each = var.levels
    content {
      actions   = local.acts[statement.value]
      resources = [aws_kms_key.k.arn]
    }
  }
}
resource "aws_iam_role_policy" "dyn" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.dyn.json
}
module "m" {
  source  = "./m"
  actions = var.acts
  level   = var.c
  key     = aws_kms_key.k.arn
}
output "x" { value = module.m.acts }
resource "aws_iam_role_policy" "out" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = module.m.acts, Resource = aws_kms_key.k.arn }] })
}
