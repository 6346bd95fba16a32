package examples.retry;

/** The client of a service elsewhere. */
public interface PaymentService {

  /** Charges an account once for each key, however often it is asked. */
  String charge(String idempotencyKey, String account, long cents);
}
