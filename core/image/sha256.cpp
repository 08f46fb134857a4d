#include "image/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <bit>

#include "error.h"

namespace stepwise {
namespace {

static_assert(std::endian::native == std::endian::little);

void require_success(int answer) { require(answer == 1, "OpenSSL cannot compute SHA-256."); }

}  // namespace

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  require_success(context_ ? EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) : 0);
}

void Sha256::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

void Sha256::add(std::string_view bytes) {
  require_success(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()));
}

std::string Sha256::digest() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned size = 0;
  require_success(EVP_DigestFinal_ex(context_.get(), digest.data(), &size));
  constexpr const char* kDigits = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text += kDigits[digest[i] >> 4];
    text += kDigits[digest[i] & 15];
  }
  return text;
}

std::string sha256(std::string_view bytes) {
  Sha256 sha;
  sha.add(bytes);
  return sha.digest();
}

std::string pixels_sha256(const ImageBatch& pictures) {
  return sha256({reinterpret_cast<const char*>(pictures.pixels.data()),
                 pictures.pixels.size() * sizeof(float)});
}

}  // namespace stepwise
