"""The shapes of requests and answers; they shape data and decide nothing."""
