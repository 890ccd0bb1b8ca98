/* Preloaded into a server: tells a file where it writes and what it has made sure of, and makes the disk as slow as WATCH_SYNC_US and
 * WATCH_WRITE_US say. Lines: `w <inode> <from> <length>` before a write, `s <inode>` after a sync. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int log_file(void) {
  static int file = -1;
  if (file < 0 && getenv("WATCH_LOG")) file = open(getenv("WATCH_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  return file;
}

static void slowly(const char *setting) {
  const char *micros = getenv(setting);
  if (micros && atoi(micros) > 0) usleep(atoi(micros));
}

static void tell(char what, int fd, long long from, unsigned long length) {
  struct stat about;
  char line[96];
  if (fstat(fd, &about) || !S_ISREG(about.st_mode) || log_file() < 0) return;
  int size = snprintf(line, sizeof line, "%c %lu %lld %lu\n", what, (unsigned long)about.st_ino, from, length);
  if (write(log_file(), line, size) != size) abort();
}

typedef ssize_t (*writer)(int, const void *, size_t, off64_t);
typedef int (*syncer)(int);

static ssize_t told_write(const char *name, int fd, const void *bytes, size_t length, off64_t from) {
  tell('w', fd, from, length);
  slowly("WATCH_WRITE_US");
  return ((writer)dlsym(RTLD_NEXT, name))(fd, bytes, length, from);
}

static int told_sync(const char *name, int fd) {
  slowly("WATCH_SYNC_US");
  int failed = ((syncer)dlsym(RTLD_NEXT, name))(fd);
  if (!failed) tell('s', fd, 0, 0);
  return failed;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t from) { return told_write("pwrite64", fd, bytes, length, from); }
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t from) { return told_write("pwrite", fd, bytes, length, from); }
int fdatasync(int fd) { return told_sync("fdatasync", fd); }
int fsync(int fd) { return told_sync("fsync", fd); }
