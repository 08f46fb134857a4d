#include "session/metering.h"

#include "engine/run_folder.h"
#include "image/output.h"
#include "session/trained_on.h"

namespace stepwise {

namespace fs = std::filesystem;

std::shared_ptr<Meter> meter_for(const DataRecord& data, const fs::path& assets) {
  if (data.identity.empty()) return nullptr;
  const fs::path file = trained_on(data, {meters_folder(), assets / "meters"}, data_of_meter);
  return file.empty() ? nullptr : std::make_shared<Meter>(load_meter(file));
}

MeterJob::MeterJob(const TrainMeter& command, std::shared_ptr<const Dataset> data)
    : out_(command.out), training_(data) {
  if (out_.empty()) out_ = place_for(meters_folder(), record_of(*data));
  check_output(out_, {".safetensors"});
}

bool MeterJob::step(const Emit& emit) {
  if (training_.step()) {
    emit(Progress{training_.fraction(), text_of("loss ", training_.loss())});
    return true;
  }
  const Meter meter = training_.result();
  const Written written = write_output(out_, encode(meter));
  if (!written.note.empty()) emit(Warning{written.note});
  emit(MeterTrained{written.path, meter.error});
  return false;
}

}  // namespace stepwise
