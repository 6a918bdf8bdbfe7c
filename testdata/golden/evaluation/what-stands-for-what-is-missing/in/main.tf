variable "on" {
  type = bool
}

module "o" {
  source = "./m"
  count  = var.on ? 1 : 0
}

module "e" {
  source   = "./m"
  for_each = var.on ? { a = 1 } : {}
}

resource "aws_kms_key" "k" {
  description = "k"
}

resource "aws_kms_key" "x" {
  count       = var.on ? 1 : 0
  description = "x"
}

resource "aws_iam_role" "r0" {
  name               = "r0"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r0" {
  role = aws_iam_role.r0.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = try(module.o[0].arn, aws_kms_key.k.arn)
    }]
  })
}

resource "aws_iam_role" "r1" {
  name               = "r1"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r1" {
  role = aws_iam_role.r1.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = try(aws_kms_key.x[0].arn, aws_kms_key.k.arn)
    }]
  })
}

resource "aws_iam_role" "r2" {
  name               = "r2"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r2" {
  role = aws_iam_role.r2.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = try(aws_kms_key.x[0].arn, null)
    }]
  })
}

resource "aws_iam_role" "r3" {
  name               = "r3"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r3" {
  role = aws_iam_role.r3.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = try(aws_kms_key.x[0].arn, "")
    }]
  })
}

resource "aws_iam_role" "r4" {
  name               = "r4"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r4" {
  role = aws_iam_role.r4.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = try(aws_kms_key.x[0].arn, "*")
    }]
  })
}

resource "aws_iam_role" "r5" {
  name               = "r5"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r5" {
  role = aws_iam_role.r5.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = coalesce(one(aws_kms_key.x[*].arn), aws_kms_key.k.arn)
    }]
  })
}

resource "aws_iam_role" "r6" {
  name               = "r6"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r6" {
  role = aws_iam_role.r6.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = coalesce(one(aws_kms_key.x[*].arn), "")
    }]
  })
}

resource "aws_iam_role" "r7" {
  name               = "r7"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r7" {
  role = aws_iam_role.r7.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = coalescelist(aws_kms_key.x[*].arn, [aws_kms_key.k.arn])
    }]
  })
}

resource "aws_iam_role" "r8" {
  name               = "r8"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r8" {
  role = aws_iam_role.r8.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = coalescelist(aws_kms_key.x[*].arn)
    }]
  })
}

resource "aws_iam_role" "r9" {
  name               = "r9"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r9" {
  role = aws_iam_role.r9.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = concat(aws_kms_key.x[*].arn, [aws_kms_key.k.arn])[0]
    }]
  })
}

resource "aws_iam_role" "r10" {
  name               = "r10"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r10" {
  role = aws_iam_role.r10.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = element(concat(aws_kms_key.x[*].arn, [aws_kms_key.k.arn]), 0)
    }]
  })
}

resource "aws_iam_role" "r11" {
  name               = "r11"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r11" {
  role = aws_iam_role.r11.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = element(aws_kms_key.x[*].arn, 0)
    }]
  })
}

resource "aws_iam_role" "r12" {
  name               = "r12"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r12" {
  role = aws_iam_role.r12.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.x[*].arn[0]
    }]
  })
}

resource "aws_iam_role" "r13" {
  name               = "r13"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r13" {
  role = aws_iam_role.r13.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = one(aws_kms_key.x[*].arn)
    }]
  })
}

resource "aws_iam_role" "r14" {
  name               = "r14"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r14" {
  role = aws_iam_role.r14.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = one(aws_kms_key.x[*].arn) != null ? one(aws_kms_key.x[*].arn) : aws_kms_key.k.arn
    }]
  })
}

resource "aws_iam_role" "r15" {
  name               = "r15"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r15" {
  role = aws_iam_role.r15.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = concat([aws_kms_key.k.arn], aws_kms_key.x[*].arn)[0]
    }]
  })
}

resource "aws_iam_role" "r16" {
  name               = "r16"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r16" {
  role = aws_iam_role.r16.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.x[0].arn
    }]
  })
}

resource "aws_iam_role" "r17" {
  name               = "r17"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r17" {
  role = aws_iam_role.r17.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = concat(aws_kms_key.x[*].arn, [aws_kms_key.k.arn])
    }]
  })
}

resource "aws_iam_role" "r18" {
  name               = "r18"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r18" {
  role = aws_iam_role.r18.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = lookup({ for k, v in module.e : k => v.arn }, "a", aws_kms_key.k.arn)
    }]
  })
}

resource "aws_iam_role" "r19" {
  name               = "r19"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r19" {
  role = aws_iam_role.r19.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = lookup({ for k, v in module.e : k => v.arn }, "a", null)
    }]
  })
}

resource "aws_iam_role" "r20" {
  name               = "r20"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r20" {
  role = aws_iam_role.r20.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = merge({ a = aws_kms_key.k.arn }, { for k, v in module.e : k => v.arn })["a"]
    }]
  })
}

resource "aws_iam_role" "r21" {
  name               = "r21"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r21" {
  role = aws_iam_role.r21.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = try({ a = aws_kms_key.x[0].arn }, { a = aws_kms_key.k.arn }).a
    }]
  })
}

resource "aws_iam_role" "r22" {
  name               = "r22"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r22" {
  role = aws_iam_role.r22.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = try([aws_kms_key.x[0].arn], [aws_kms_key.k.arn])
    }]
  })
}

resource "aws_iam_role" "r23" {
  name               = "r23"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r23" {
  role = aws_iam_role.r23.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = try(aws_kms_key.x[*].arn, [aws_kms_key.k.arn])
    }]
  })
}

resource "aws_iam_role" "r24" {
  name               = "r24"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r24" {
  role = aws_iam_role.r24.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = try([aws_kms_key.k.arn], [aws_kms_key.x[0].arn])
    }]
  })
}
