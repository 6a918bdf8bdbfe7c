resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_role" "full" {
  name               = "full"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "full_keys" {
  role = aws_iam_role.full.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:*"
        Resource = aws_kms_key.data.arn
      },
      {
        Effect = "Allow"
        Action = "s3:GetObject"
        Resource = [
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/00/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/01/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/02/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/03/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/04/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/05/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/06/*",
        ]
      }
    ]
  })
}

resource "aws_iam_role_policy" "full_more" {
  role = aws_iam_role.full.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = "s3:GetObject"
        Resource = [
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/00/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/01/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/02/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/03/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/04/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/05/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/06/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/07/*",
        ]
      }
    ]
  })
}

resource "aws_iam_role" "room" {
  name               = "room"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "room_keys" {
  role = aws_iam_role.room.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:*"
        Resource = aws_kms_key.data.arn
      },
      {
        Effect = "Allow"
        Action = "s3:GetObject"
        Resource = [
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/00/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/01/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/02/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/03/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/04/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/05/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/06/*",
        ]
      }
    ]
  })
}

resource "aws_iam_role_policy" "room_more" {
  role = aws_iam_role.room.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = "s3:GetObject"
        Resource = [
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/00/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/01/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/02/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/03/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/04/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/05/*",
          "arn:aws:s3:::bucket/a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-a-rather-long-name-of-a-prefix-/06/*",
        ]
      }
    ]
  })
}
