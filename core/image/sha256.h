// Fingerprints of bytes, to say which file, data set or pictures something belongs to. Any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "image/image.h"

struct evp_md_ctx_st;  // Of OpenSSL.

namespace stepwise {

// SHA-256 as 64 hexadecimal digits.
std::string sha256(std::string_view bytes);

// Of the pixels as they lie in memory: N x H x W x C float32, little-endian.
std::string pixels_sha256(const ImageBatch& pictures);

// The same of bytes that come in pieces.
class Sha256 {
 public:
  Sha256();
  void add(std::string_view bytes);
  std::string digest();  // Once, after all of them.

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace stepwise
