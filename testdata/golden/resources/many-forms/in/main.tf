resource "aws_kms_key" "data" {
}

resource "aws_kms_key" "many" {
  for_each = var.names
}

variable "names" {
  type = set(string)
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  name = "app"
  role = aws_iam_role.app.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "kms:Decrypt", Resource = aws_iam_role.app.arn },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "${aws_iam_role.app.arn}/x" },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "${aws_s3_bucket.b.arn}/*" },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = values(aws_kms_key.many)[*].arn },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.many[var.one].arn },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "arn:aws:kms:*:*:key/${aws_kms_key.many[var.one].key_id}" },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "arn:aws:kms:eu-west-1:111122223333:key/1234abc?-12ab-34cd-56ef-1234567890ab" },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "arn:aws-us-gov:kms:*:*:key/*" },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "arn:aws:kms:us-isob-east-1:*:key/*" },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "arn:aws:kms:eusc-de-east-1:*:key/*" },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "arn:*:kms:eu-west-1:*:key/*" },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "arn:aws:kms:eu-west-1:11112222*:key/*" },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "arn:aws:kms:eu-west-1:1111:key/mrk-1234abcd12ab34cd56ef1234567890ab" },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "arn:aws:kms:eu-west-1:111122223333:key/" },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "arn:aws:kms:eu-west-1:111122223333:*" },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "arn:aws:kms:eu-west-1:111122223333:key/${var.one}" },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "${var.one}" },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "${var.one}*" },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "arn:aws:s3:::bucket/*" },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "alias/x" },
    ]
  })
}

variable "one" {
  type = string
}
