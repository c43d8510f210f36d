#include "graph/model/value.h"
