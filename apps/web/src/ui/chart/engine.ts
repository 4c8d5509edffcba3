// The parts of the charting library that are used, in a chunk of their own; loaded when the first chart is.
import { LineChart, TreemapChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent, MarkPointComponent, VisualMapComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([
  LineChart,
  TreemapChart,
  GridComponent,
  MarkLineComponent,
  MarkPointComponent,
  VisualMapComponent,
  CanvasRenderer,
])

export { init }
