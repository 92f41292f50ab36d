import TestSupport
import Testing
import Vocabulary

@testable import Capture
@testable import Monitoring

@Suite struct `The article about monitoring` {
    private let article: Article

    init() throws {
        article = try Article("printlapse", "Monitoring")
    }

    @Test func `has every metric, with its kind and its help`() throws {
        var metrics = JobMetrics(version: "1.2.3")
        metrics.observe(.slot(.slot(.stored, frame: 4000)))
        metrics.observe(.allowance(cameras: [.printer], .used(100)))
        metrics.observe(.disk(free: ByteCount(12_345)))
        metrics.observe(.timelapse(.made(at: Timestamp(seconds: 9))))
        let page = metrics.page(process: ProcessFigures.current())
        let families = try ExpositionParser.families(in: page)
        #expect(
            article.rows(under: "metric").sorted { $0[0] < $1[0] }
                == families.values.map { [$0.name, $0.type, $0.help] }.sorted { $0[0] < $1[0] })
    }

    @Test func `has every kind of alert, with its occasion`() {
        let kinds = AlertKind.allCases.map { [$0.rawValue, $0.occasion, $0.isLasting ? "yes" : "no"] }
        #expect(article.rows(under: "alert") == kinds)
    }
}
