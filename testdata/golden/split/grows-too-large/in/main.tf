resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_kms_key" "small" {
  description = "small"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_policy" "large" {
  name = "large"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = ["kms:Decrypt", "kms:Encrypt"]
        Resource = [
          aws_kms_key.data.arn,
          "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
        ]
      },
      {
        Effect = "Allow"
        Action = "s3:GetObject"
        Resource = [
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-000/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-001/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-002/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-003/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-004/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-005/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-006/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-007/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-008/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-009/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-010/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-011/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-012/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-013/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-014/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-015/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-016/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-017/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-018/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-019/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-020/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-021/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-022/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-023/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-024/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-025/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-026/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-027/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-028/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-029/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-030/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-031/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-032/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-033/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-034/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-035/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-036/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-037/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-038/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-039/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-040/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-041/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-042/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-043/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-044/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-045/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-046/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-047/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-048/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-049/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-050/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-051/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-052/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-053/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-054/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-055/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-056/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-057/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-058/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-059/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-060/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-061/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-062/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-063/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-064/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-065/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-066/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-067/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-068/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-069/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-070/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-071/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-072/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-073/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-074/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-075/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-076/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-077/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-078/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-079/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-080/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-081/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-082/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-083/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-084/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-085/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-086/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-087/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-088/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-089/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-090/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-091/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-092/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-093/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-094/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-095/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-096/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-097/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-098/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-099/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-100/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-101/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-102/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-103/*"
        ]
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "large" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.large.arn
}

resource "aws_iam_policy" "small" {
  name = "small"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = ["kms:Decrypt", "kms:Encrypt"]
        Resource = [
          aws_kms_key.small.arn,
          "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
        ]
      },
      {
        Effect = "Allow"
        Action = "s3:GetObject"
        Resource = [
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-000/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-001/*"
        ]
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "small" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.small.arn
}

resource "aws_iam_policy" "beyond" {
  name = "beyond"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = ["kms:Decrypt", "kms:Encrypt"]
        Resource = [
          aws_kms_key.small.arn,
          "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
        ]
      },
      {
        Effect = "Allow"
        Action = "s3:GetObject"
        Resource = [
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-000/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-001/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-002/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-003/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-004/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-005/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-006/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-007/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-008/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-009/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-010/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-011/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-012/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-013/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-014/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-015/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-016/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-017/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-018/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-019/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-020/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-021/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-022/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-023/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-024/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-025/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-026/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-027/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-028/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-029/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-030/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-031/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-032/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-033/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-034/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-035/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-036/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-037/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-038/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-039/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-040/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-041/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-042/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-043/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-044/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-045/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-046/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-047/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-048/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-049/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-050/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-051/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-052/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-053/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-054/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-055/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-056/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-057/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-058/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-059/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-060/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-061/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-062/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-063/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-064/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-065/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-066/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-067/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-068/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-069/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-070/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-071/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-072/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-073/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-074/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-075/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-076/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-077/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-078/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-079/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-080/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-081/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-082/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-083/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-084/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-085/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-086/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-087/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-088/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-089/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-090/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-091/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-092/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-093/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-094/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-095/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-096/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-097/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-098/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-099/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-100/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-101/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-102/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-103/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-104/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-105/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-106/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-107/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-108/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-109/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-110/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-111/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-112/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-113/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-114/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-115/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-116/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-117/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-118/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-119/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-120/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-121/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-122/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-123/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-124/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-125/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-126/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-127/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-128/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-129/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-130/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-131/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-132/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-133/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-134/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-135/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-136/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-137/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-138/*",
          "arn:aws:s3:::a-bucket-with-a-rather-long-name-139/*"
        ]
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "beyond" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.beyond.arn
}
