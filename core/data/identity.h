// Which pictures a data set holds, whatever it is called, wherever it lies and however it is
// packed. Any thread.
#pragma once

#include <string>

namespace stepwise {

struct Dataset;

// A fingerprint of the pictures, their shape, their orientation and their labels, in training and
// test set: 64 hexadecimal digits. Where the data set does not know it (Dataset::identity), all
// pictures are read: some 35 ms for Fashion-MNIST, a second for a gigabyte.
std::string identity_of(const Dataset& data);

// What it is made of, for one who has the fingerprints of a part's labels and pixels.
struct PartIdentity {
  int count, height, width, channels;
  std::string labels, pixels;  // SHA-256.
};
std::string identity_of(const PartIdentity& train, const PartIdentity& test);

// The same as earlier versions made it, of CRC-32s: 16 digits. Only to know again what they wrote,
// which was never of a data set that knows its identity: that is given then.
std::string old_identity_of(const Dataset& data);

}  // namespace stepwise
