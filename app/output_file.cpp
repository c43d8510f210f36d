#include "app/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>
#include <utility>

namespace tupu::app {
namespace fs = std::filesystem;
namespace {

Error IoError(const fs::path& path) {
  return {ErrorCode::kIo, std::strerror(errno), path.string()};
}

}  // namespace

OutputFile::OutputFile(fs::path target, std::string temporary, int descriptor)
    : target_(std::move(target)),
      temporary_(std::move(temporary)),
      descriptor_(descriptor),
      out_(std::make_unique<Output>(descriptor)) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)),
      out_(std::move(other.out_)) {}

OutputFile::~OutputFile() {
  if (descriptor_ < 0) return;
  out_->Discard();
  ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Result<OutputFile> OutputFile::Create(const fs::path& target) {
  std::error_code error;
  const fs::file_status status = fs::status(target, error);
  if (fs::is_directory(status)) {
    return Error(ErrorCode::kIo, "is a folder; expected the name of a file", target.string());
  }
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    const int descriptor = ::open(target.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) return IoError(target);
    return OutputFile(target, {}, descriptor);
  }
  // Through a link, so that the link stays one.
  const fs::path real = fs::exists(status) ? fs::canonical(target, error) : target;
  std::string temporary = (error ? target : real).string() + ".XXXXXX";
  const int descriptor = ::mkstemp(temporary.data());
  if (descriptor < 0) return IoError(target);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  ::fchmod(descriptor, 0666 & ~mask);
  return OutputFile(real, std::move(temporary), descriptor);
}

Status OutputFile::Commit() {
  const Status flushed = out_->Finish();
  if (!flushed.ok()) return Error(ErrorCode::kIo, flushed.error().message, target_.string());
  if (!temporary_.empty()) {
    if (::fsync(descriptor_) != 0) return IoError(target_);
    if (std::rename(temporary_.c_str(), target_.c_str()) != 0) return IoError(target_);
    temporary_.clear();
  }
  const int closed = ::close(std::exchange(descriptor_, -1));
  if (closed != 0) return IoError(target_);
  return {};
}

}  // namespace tupu::app
