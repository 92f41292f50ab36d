internal import Vocabulary

/// Which pictures the printer has uploaded and under which paths they lie: pure arithmetic on simulated time.
struct PictureRoll: Sendable {
    /// One uploaded picture.
    struct Entry: Hashable, Sendable {
        /// Pictures count from 0, the one at the simulation's start.
        let number: Int
        let takenAt: Duration
        let path: String
        let variant: PictureVariant
    }

    static let folder = "/media/tsd-pics"
    /// The server forgets a picture that was uploaded so long ago.
    static let lifetime: Duration = .seconds(30 * 60)

    let printer: SimulatedPrinter
    let start: Timestamp
    let interval: Duration
    let printerNumber: Int
    let taggedEvery: Int
    let picturesWhileIdle: Bool
    let namesHaveFractions: Bool
    /// The numbers of pictures that were uploaded because somebody opened the server's page, whatever was printing.
    var boosts: Set<Int> = []

    var latestPath: String { "\(Self.folder)/snapshots/\(printerNumber)/latest_unrotated.jpg" }

    /// The number of the newest picture that can have been taken.
    func newest(at elapsed: Duration) -> Int {
        elapsed.divided(by: interval).quotient
    }

    /// The newest uploaded picture up to a number, `nil` where there is none yet.
    ///
    /// While a print is paused the printer uploads nothing, unless somebody opens the server's page.
    ///
    /// After a print the first two idle pictures are not uploaded: for so long the server goes on announcing the print's last
    /// picture, whose file is gone.
    func announced(upTo number: Int) -> Entry? {
        var candidate = number
        while candidate >= 0 {
            let moment = printer.moment(at: interval * candidate)
            if boosts.contains(candidate) || moment.phase.isActive && !moment.isPaused {
                return entry(candidate, moment)
            }
            let settled = moment.phase == .idle || moment.since >= interval * 2
            if picturesWhileIdle, settled, !moment.isPaused { return entry(candidate, moment) }
            // Nothing older than the lifetime can matter.
            guard interval * (number - candidate) <= Self.lifetime else { return nil }
            candidate -= 1
        }
        return nil
    }

    /// The picture that lies under a path, whoever asks and whenever.
    func entry(at path: String, elapsed: Duration) -> Entry? {
        if path == latestPath {
            let newest = newest(at: elapsed)
            let number = announced(upTo: newest).map { $0.variant == .latest ? $0.number : newest } ?? newest
            return Entry(number: number, takenAt: interval * number, path: path, variant: .latest)
        }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 7, let second = Int64(parts[6].prefix { $0.isNumber }) else { return nil }
        let sinceStart = Timestamp(seconds: second) - Timestamp(seconds: start.milliseconds / 1000)
        let number = max(0, sinceStart.divided(by: interval).quotient)
        // The quotient can be one too small where the interval is no whole number of seconds.
        for candidate in [number, number + 1] where interval * candidate <= elapsed {
            let moment = printer.moment(at: interval * candidate)
            let now = printer.moment(at: elapsed)
            // The files of a print are deleted when it ends.
            guard moment.phase.isActive, now.phase.isActive, now.number == moment.number else { continue }
            let announced = entry(candidate, moment)
            if announced.path == path { return announced }
            if rawPath(candidate, moment) == path {
                return Entry(number: candidate, takenAt: announced.takenAt, path: path, variant: .raw)
            }
        }
        return nil
    }

    private func entry(_ number: Int, _ moment: PrintMoment) -> Entry {
        guard moment.phase.isActive, !boosts.contains(number) else {
            return Entry(number: number, takenAt: interval * number, path: latestPath, variant: .latest)
        }
        let raw = rawPath(number, moment)
        let isTagged = taggedEvery > 0 && number % taggedEvery == taggedEvery - 1
        let path = isTagged ? raw.replacing("/raw/", with: "/tagged/") : raw
        return Entry(number: number, takenAt: interval * number, path: path, variant: isTagged ? .tagged : .raw)
    }

    private func rawPath(_ number: Int, _ moment: PrintMoment) -> String {
        let takenAt = (start + interval * number).milliseconds
        let fraction = namesHaveFractions ? ".\(Int(takenAt % 1000).padded(3))000" : ""
        return "\(Self.folder)/raw/\(printerNumber)/\(moment.number ?? 0)/\(takenAt / 1000)\(fraction).jpg"
    }
}
