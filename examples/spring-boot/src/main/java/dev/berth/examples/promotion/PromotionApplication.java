package dev.berth.examples.promotion;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Lets images that have been tested become releases. */
@SpringBootApplication
public class PromotionApplication {

    /** Starts it. */
    public static void main(String[] args) {
        SpringApplication.run(PromotionApplication.class, args);
    }
}
