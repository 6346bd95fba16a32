package dev.durable.ejb;

import dev.durable.DurableClient;
import dev.durable.cluster.DurableCluster;
import dev.durable.core.spi.Payloads;
import dev.durable.core.worker.ActivityLimit;
import dev.durable.jpa.DatabaseClockQuery;
import dev.durable.jpa.Dialect;
import dev.durable.jpa.JpaTaskHubStore;
import dev.durable.jpa.Schema;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ContextServiceDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.ManagedThreadFactoryDefinition;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the engine when the application starts and stops it with it. For the container only; if
 * anything is wrong, the application does not start, with a message that says what. The loops begin
 * later, see {@link ApplicationStarted}.
 *
 * <p>A session bean, because the server starts it without being asked, or before its first use, and
 * with no transaction of the caller's.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@ContextServiceDefinition(
    name = TaskHubStartup.CONTEXT,
    propagated = ContextServiceDefinition.APPLICATION,
    cleared = ContextServiceDefinition.ALL_REMAINING)
@ManagedExecutorDefinition(
    name = TaskHubStartup.EXECUTOR,
    virtual = true,
    context = TaskHubStartup.CONTEXT)
@ManagedScheduledExecutorDefinition(
    name = TaskHubStartup.TIMERS,
    virtual = true,
    context = TaskHubStartup.CONTEXT)
@ManagedThreadFactoryDefinition(
    name = TaskHubStartup.THREADS,
    virtual = true,
    context = TaskHubStartup.CONTEXT)
@ManagedThreadFactoryDefinition(name = TaskHubStartup.TIMEKEEPERS, context = TaskHubStartup.CONTEXT)
public class TaskHubStartup {

  static final String CONTEXT = "java:app/concurrent/durable-context";
  static final String EXECUTOR = "java:app/concurrent/durable-executor";
  static final String TIMERS = "java:app/concurrent/durable-timers";
  static final String THREADS = "java:app/concurrent/durable-threads";
  static final String TIMEKEEPERS = "java:app/concurrent/durable-timekeepers";

  private static final System.Logger LOG = System.getLogger("dev.durable");

  @Inject FunctionExtension extension;
  @Inject BeanManager beans;
  @Inject RequestScope requestScope;
  @Inject CallerTransaction callerTransaction;
  @Inject SuspendedTransaction suspendedTransaction;
  @Inject NodeStatus status;
  @Inject @Any Instance<Object> instances;

  @PersistenceContext(unitName = "durable")
  EntityManager entityManager;

  // Not @Resource: that one is an EJB's own and refuses other threads.
  @Inject UserTransaction userTransaction;

  @Resource TransactionSynchronizationRegistry transactions;

  // Not shareable: servers keep a shareable connection for a thread that has closed it.
  @Resource(lookup = "java:comp/DefaultDataSource", shareable = false)
  DataSource dataSource;

  @Resource(lookup = EXECUTOR)
  ManagedExecutorService executor;

  @Resource(lookup = TIMERS)
  ManagedScheduledExecutorService timers;

  @Resource(lookup = THREADS)
  ManagedThreadFactory threads;

  @Resource(lookup = TIMEKEEPERS)
  ManagedThreadFactory timekeepers;

  private @Nullable TaskHub hub;

  @PostConstruct
  void assemble() {
    TaskHubLog log = new TaskHubLog(LOG);
    try {
      hub = assembled(log);
    } catch (RuntimeException e) {
      log.notStarted(e);
      throw e;
    }
  }

  private TaskHub assembled(TaskHubLog log) {
    Config config = ConfigProvider.getConfig();
    EntityStates states = new EntityStates(extension.entities());
    DeployedFunctions functions =
        new DeployedFunctions(extension.functions(), entities(states), beans, requestScope);
    SettingsReader reader = new SettingsReader(config);
    HubSettings settings =
        HubSettings.read(reader, hostName(), Runtime.getRuntime().availableProcessors());
    CallSettings calls = CallSettings.read(reader, functions);
    Map<String, ActivityLimit> limits = ActivityLimits.read(reader, functions);
    List<ConfigKey> callKeys = CallSettings.keys(functions);
    SharedKeys.problems(config.getPropertyNames(), callKeys).forEach(reader::refuse);
    reader.check();
    log.unknownKeys(UnknownKeys.warnings(config.getPropertyNames(), callKeys));
    log.deploymentWarnings(extension.warnings());
    NodeMetrics metrics = metrics(settings.taskHub(), functions);
    JsonbConverter json =
        new JsonbConverter(JsonbBuilder.create(), states, JsonProvider.provider());
    return new TaskHub(parts(settings, calls, limits, functions, json, metrics), log);
  }

  private List<EntityBean> entities(EntityStates states) {
    return extension.entities().stream()
        .map(entity -> new EntityBean(entity, states.of(entity), beans, requestScope))
        .toList();
  }

  private TaskHub.Parts parts(
      HubSettings settings,
      CallSettings calls,
      Map<String, ActivityLimit> limits,
      DeployedFunctions functions,
      JsonbConverter json,
      NodeMetrics metrics) {
    Dialect dialect = prepared(settings.schema());
    OwnTransaction own = new OwnTransaction(userTransaction, metrics::transactionCommitted);
    JpaTaskHubStore rows = new JpaTaskHubStore(entityManager, dialect, settings.taskHub());
    TransactionalStore.Transactions around =
        new TransactionalStore.Transactions(
            callerTransaction,
            suspendedTransaction,
            transactions,
            own,
            entityManager::flush,
            metrics::transactionCommitted);
    return new TaskHub.Parts(
        settings.nodeName() + "-" + UUID.randomUUID(),
        settings,
        calls,
        limits,
        Schema.VERSION,
        functions,
        new Payloads(json, settings.maxPayloadSize()),
        new Payloads(json, settings.maxEntityStateSize(), Setting.ENTITY_MAX_STATE_SIZE.key()),
        new DatabaseClock(
            new DatabaseClockQuery(entityManager, dialect)::databaseTime, System::nanoTime),
        rows,
        new TransactionalStore(
            rows, rows.writingAtOnce(), rows.inOneRoundTrip(dataSource), around, status.store()),
        own,
        transactions,
        new NodeThreads(executor, timers, threads, timekeepers),
        status,
        metrics);
  }

  private Dialect prepared(Schema.Mode mode) {
    try {
      Dialect dialect = Dialect.of(dataSource);
      new Schema(dataSource, dialect).prepare(mode);
      return dialect;
    } catch (SQLException e) {
      throw new IllegalStateException(
          "The database behind java:comp/DefaultDataSource cannot be used (durable.schema="
              + mode
              + "): "
              + e.getMessage(),
          e);
    }
  }

  /** Not every server has MicroProfile Metrics. */
  private NodeMetrics metrics(String taskHub, DeployedFunctions functions) {
    try {
      Class.forName("org.eclipse.microprofile.metrics.MetricRegistry");
    } catch (ClassNotFoundException e) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "The server has no MicroProfile Metrics, so nothing is counted",
          e);
      return new NodeMetrics() {};
    }
    return TaskHubMetrics.over(instances, taskHub, functions, status::activeLeases);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "node"; // a machine without a name; what follows it is unique
    }
  }

  /** Begins to run orchestrations, activities and entities. Called again it does nothing. */
  public void begin() {
    hub().start();
  }

  /** The client of this node. What it starts before {@link #begin} waits until then. */
  public DurableClient client() {
    return hub().client();
  }

  /** What operators see and do by way of this node. */
  public DurableCluster cluster() {
    return hub().cluster();
  }

  private TaskHub hub() {
    return Objects.requireNonNull(hub, "the container calls assemble() first");
  }

  @PreDestroy
  void stop() {
    if (hub != null) {
      hub.stop();
    }
  }
}
