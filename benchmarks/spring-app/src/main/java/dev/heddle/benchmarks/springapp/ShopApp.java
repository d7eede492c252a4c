package dev.heddle.benchmarks.springapp;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Starts. */
@SpringBootApplication
public class ShopApp {

  /** As Spring's documentation begins. */
  public static void main(String[] arguments) {
    SpringApplication.run(ShopApp.class, arguments);
  }

  /** What the shop calls others by: it loads java.net.http at start, as most apps do. */
  @Bean
  RestClient reviews(RestClient.Builder builder) {
    return builder
        .requestFactory(new JdkClientHttpRequestFactory())
        .baseUrl("http://reviews:9080")
        .build();
  }
}
