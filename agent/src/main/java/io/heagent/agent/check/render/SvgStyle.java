package io.heagent.agent.check.render;

/** The colours of the picture, for light and for dark backgrounds. */
final class SvgStyle {

  static final String SHEET =
      """
      <style>
        text { font: 13px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; \
      fill: #1f2328; }
        .page { fill: #ffffff; }
        .title { font-weight: bold; }
        .quiet { fill: #59636e; }
        .grid { stroke: #d1d9e0; }
        .lookup { fill: #0969da; }
        .won { fill: #1a7f37; }
        .failed { fill: #cf222e; }
        .given { fill: #848d97; }
        @media (prefers-color-scheme: dark) {
          text { fill: #f0f6fc; }
          .page { fill: #0d1117; }
          .quiet { fill: #9198a1; }
          .grid { stroke: #3d444d; }
          .lookup { fill: #4493f8; }
          .won { fill: #3fb950; }
          .failed { fill: #f85149; }
          .given { fill: #6e7781; }
        }
      </style>
      """;

  private SvgStyle() {}
}
