import Budget
import Vocabulary

/// The month's allowance, as `usage` prints it.
struct AccountUsage: Encodable {
    let camera: CameraName
    let report: BudgetReport
    let stop: CapStop

    private enum CodingKeys: String, CodingKey {
        case camera, total, unlimited, remaining, fraction, skipping
        case monthlyCap = "monthly_cap"
        case resetAt = "reset_at"
        case capStop = "cap_stop"
        case meteredBytesPerFrame = "metered_bytes_per_frame"
        case framesLeft = "frames_left"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(camera.text, forKey: .camera)
        try container.encode(report.total?.bytes, forKey: .total)
        try container.encode(report.monthlyCap?.bytes, forKey: .monthlyCap)
        try container.encode(report.unlimited, forKey: .unlimited)
        try container.encode(report.resetAt?.description, forKey: .resetAt)
        try container.encode(report.remaining?.bytes, forKey: .remaining)
        try container.encode(report.fraction, forKey: .fraction)
        try container.encode(stop.description, forKey: .capStop)
        try container.encode(report.skipping, forKey: .skipping)
        try container.encode(report.meteredBytesPerFrame?.bytes, forKey: .meteredBytesPerFrame)
        try container.encode(report.framesLeft, forKey: .framesLeft)
    }

    func lines(width: Int, now: Timestamp) -> [String] {
        var lines: [String] = []
        let total = report.total ?? .zero
        if let cap = report.monthlyCap {
            let fraction = report.fraction ?? 0
            lines.append("Used       \(total) of \(cap), \((fraction * 100).formatted(places: 1)) %")
            lines.append("           " + bar(fraction, cells: max(10, width - 12)))
            lines.append("Left       \(report.remaining ?? .zero)")
            lines.append("Captures   \(report.skipping ? "are skipped" : "go on"); they stop at \(stop)")
        } else {
            lines.append("Used       \(total); the allowance is unlimited")
        }
        if let reset = report.resetAt {
            lines.append("Reset      \(reset.localText), in \((reset - now).shortText)")
        }
        switch report.meteredBytesPerFrame {
        case nil: lines.append("A frame    costs an amount not measured yet: capture for ten minutes")
        case .some(.zero): lines.append("A frame    costs nothing of the allowance, by measurement")
        case .some(let bytes): lines.append("A frame    costs \(bytes) of the allowance, by measurement")
        }
        if let frames = report.framesLeft { lines.append("Room for   \(Int(frames).counted("frame")) until the stop") }
        return lines
    }

    private func bar(_ fraction: Double, cells: Int) -> String {
        let full = min(cells, max(0, Int((fraction * Double(cells)).rounded())))
        return String(repeating: "█", count: full) + String(repeating: "░", count: cells - full)
    }
}
