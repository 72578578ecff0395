#!/usr/bin/env node
import "../dist/ed8kctl/main.js";
