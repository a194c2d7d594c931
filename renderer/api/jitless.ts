// Must be the first import of the window: zod otherwise probes `new Function`, which the content security policy reports.
import { z } from 'zod'

z.config({ jitless: true })
