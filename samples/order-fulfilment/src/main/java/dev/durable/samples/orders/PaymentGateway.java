package dev.durable.samples.orders;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands for a payment service elsewhere. It is idempotent by order, as such services are: asked
 * twice for one order, it gives the reference of the first time. It remembers in a transaction of
 * its own, whatever becomes of the caller's.
 *
 * <p>A card {@code FAILS-n} fails n times and is then accepted; a card {@code DECLINED} is never
 * accepted; all others are accepted.
 */
@ApplicationScoped
public class PaymentGateway {

  private static final Pattern FAILS = Pattern.compile("FAILS-([0-9]{1,3})");

  @PersistenceContext(unitName = "orders")
  private EntityManager em;

  /**
   * Authorizes a payment.
   *
   * @return the reference
   * @throws PaymentFailedException if the service is out of order or the card is declined
   */
  @Transactional(value = TxType.REQUIRES_NEW, dontRollbackOn = PaymentFailedException.class)
  public String authorize(String orderId, String card, BigDecimal amount) {
    GatewayCall call = em.find(GatewayCall.class, orderId);
    if (call == null) {
      call = new GatewayCall(orderId);
      em.persist(call);
    }
    int attempt = call.countAttempt();
    if (card.equals("DECLINED")) {
      throw new PaymentFailedException("the card was declined (attempt " + attempt + ")");
    }
    Matcher fails = FAILS.matcher(card);
    if (fails.matches() && attempt <= Integer.parseInt(fails.group(1))) {
      throw new PaymentFailedException(
          "the payment service does not answer (attempt " + attempt + ")");
    }
    return "PAY-" + Integer.toHexString((orderId + amount.toPlainString()).hashCode());
  }
}
