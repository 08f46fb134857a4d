// Which of several processes this one is that train one model together, as torchrun and Slurm tell
// it. Any thread.
#pragma once

#include <optional>
#include <string>

namespace stepwise {

struct ProcessPlace {
  int rank = 0;  // The first, 0, alone owns clock, learning rate and files.
  int size = 1;
  int local_rank = 0, local_size = 1;  // The same among those of this machine.
  std::string address;                 // Of the first one's machine,
  int port = 0;                        //   where it listens.
};

// From MASTER_ADDR, MASTER_PORT, RANK, WORLD_SIZE, LOCAL_RANK and LOCAL_WORLD_SIZE; where RANK is
// not set, from SLURM_PROCID, SLURM_NTASKS, SLURM_LOCALID and SLURM_NTASKS_PER_NODE. Nothing for a
// process that is alone, and without MASTER_ADDR it is. Throws Error for a variable that is missing
// or no sensible number.
std::optional<ProcessPlace> process_place();

}  // namespace stepwise
