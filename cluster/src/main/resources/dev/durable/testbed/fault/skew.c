/*
 * A wall clock that is SKEW_SECONDS off, for one process and its children: what asks for the time of day gets another one, and
 * waits until a time of day are brought back to the true one. The monotonic clock stays as it is.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static long skew(void) {
  static long seconds;
  static int known;
  if (!known) {
    const char *text = getenv("SKEW_SECONDS");
    seconds = text == NULL ? 0 : atol(text);
    known = 1;
  }
  return seconds;
}

int clock_gettime(clockid_t clock, struct timespec *result) {
  static int (*real)(clockid_t, struct timespec *);
  if (real == NULL) {
    real = (int (*)(clockid_t, struct timespec *)) dlsym(RTLD_NEXT, "clock_gettime");
  }
  int outcome = real(clock, result);
  if (outcome == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    result->tv_sec += skew();
  }
  return outcome;
}

int gettimeofday(struct timeval *restrict result, void *restrict zone) {
  struct timespec now;
  (void) zone;
  clock_gettime(CLOCK_REALTIME, &now);
  result->tv_sec = now.tv_sec;
  result->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *result) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (result != NULL) {
    *result = now.tv_sec;
  }
  return now.tv_sec;
}

/* Times of the monotonic clock are small: only a time of day has so many seconds. */
int pthread_cond_timedwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
    const struct timespec *restrict until) {
  static int (*real)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
  if (real == NULL) {
    void *found = dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2");
    if (found == NULL) {
      found = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
    }
    real = (int (*)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *)) found;
  }
  struct timespec end = *until;
  if (end.tv_sec > 1000000000L) {
    end.tv_sec -= skew();
  }
  return real(condition, mutex, &end);
}
