{
  "Version": "2012-10-17",
  "Statement": [
    %{ for key in keys }
    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "${key}" }
    %{ endfor }
  ]
}
