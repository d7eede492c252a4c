package dev.heddle.benchmarks.ca;

/** Certificate requests as PEM, by {@code openssl req -new}; nobody has their keys any more. */
final class Request {

  static final String EC_P_256 =
      """
      -----BEGIN CERTIFICATE REQUEST-----
      MIG5MGICAQAwADBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOpPMpdemTwW9nh6
      4P0rQXAs+m/EH4T/1SLRFAg5N7Y7VbMk/PMtEEMnEDf1tvN1iTOzijnwwDQYo++z
      Dwkxzu2gADAKBggqhkjOPQQDAgNHADBEAiBoYq64OQW45KEkf+g4G5QxRZXYJy8l
      +OuYmGBsYbjaWwIgO6u9CL3GCLJ3EsRUjKIeoZGkD42oLlP8cTxqTSvScJs=
      -----END CERTIFICATE REQUEST-----
      """;

  static final String RSA_2048 =
      """
      -----BEGIN CERTIFICATE REQUEST-----
      MIICRTCCAS0CAQAwADCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBAL1N
      FLk3RCWoFl2ziI6ZChrgWEDqhWDcsgAgqVozHAowBtf1R2F4EvpDxP14wXMYRkPb
      n44FRkIXcNAEE4yeD4Ovik9FJ3DS2ngbgIp6IpYHU9kPEZo8O0x8kk1Db9EdY9cY
      g35xqzHzWbg70EcagD67JpuEBMVxr10700u+b9ZlpjGxbOK5mYBNJzIhmaNjWUJ5
      T1Gf3HoMD+3oHdeAy3TTe4Tj9XS0n3OgThcYblvwD0aj9vUvo1ThYDvdwA0MjMqb
      bO5TiCAGpk/4vyMj3IOSpddS8C0V570EQ2gh+d7L9QyTRgMPBT6MU047DJ1MU+CJ
      MB4u5M6KPvGsvXRiWf0CAwEAAaAAMA0GCSqGSIb3DQEBCwUAA4IBAQAFbifNPAIS
      u/KUpRVEhzHhkZNDa/yRl5GsHkxqu9j4pqA/MM3reThykI8EEyMKHL/diZpj2WpD
      zTog7ftW4Nrey7bGYX3ey2/K3i5P1FB2LwmVwW8ro+wNw2czJ69qVozO0sJTWpt/
      3z1N4wuKLhUWabkUUcIC2kK2RO7BWtBQ6oodYKpCLgNaiKcojySKrybJgoLc9osL
      p/mEVpxxQ5F0a8lW0xwhhvIc3jRX1eWezHnQQzKtN0U/taOgp8tJJi8xA3zPD0ws
      eVzdFHySKxwdQ30L9risZJxCXc2fv3mqbaZYnhZSGdP+YNwPSo8FO2lX7ZHWMHXM
      lhU30YmdiZ3e
      -----END CERTIFICATE REQUEST-----
      """;

  private Request() {}
}
