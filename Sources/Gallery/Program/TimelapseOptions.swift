package import Vocabulary

/// The options of `export` that the pages offer, under their own names. Times are in seconds.
package struct TimelapseOptions: Hashable, Sendable {
    package enum Format: String, CaseIterable, Codable, Sendable { case mp4, webm, mkv, gif, webp }
    package enum Preset: String, CaseIterable, Codable, Sendable {
        case discord, web, loop
        case fourK = "4k"
    }

    package var camera: CameraName?
    package var print: Int64?
    package var since: Timestamp?
    package var until: Timestamp?
    package var format: Format?
    package var preset: Preset?
    package var duration: Double?
    package var framesPerSecond: Double?
    package var realTime: Double?
    package var squeeze: Double?
    package var holdFirst: Double?
    package var holdLast: Double?
    package var steady: Bool?
    package var deflicker: Bool?
    package var clock: Bool?
    package var progress: Bool?
    package var title: String?
}

extension TimelapseOptions {
    static let seconds = 0.1...36_000.0
    static let rates = 0.1...240.0
    static let speeds = 0.01...1_000_000.0
    static let squeezes = 0.0...86_400.0
    static let holds = 0.0...3600.0
    static let longestTitle = 200

    /// Of `GET /timelapses/plan`.
    init(_ query: Query) throws(Problem) {
        camera = try query.cameraName()
        print = try query.number("print", in: 1...Int(Visit.largestNumber)).map(Int64.init)
        (since, until) = (try query.time("since"), try query.time("until"))
        format = try query.word("format", of: Format.self)
        preset = try query.word("for", of: Preset.self)
        duration = try query.decimal("duration", in: Self.seconds)
        framesPerSecond = try query.decimal("fps", in: Self.rates)
        realTime = try query.decimal("real_time", in: Self.speeds)
        squeeze = try query.decimal("squeeze", in: Self.squeezes)
        (holdFirst, holdLast) = (
            try query.decimal("hold_first", in: Self.holds), try query.decimal("hold_last", in: Self.holds)
        )
        (steady, deflicker) = (try query.flag("steady"), try query.flag("deflicker"))
        (clock, progress) = (try query.flag("clock"), try query.flag("progress"))
        title = try query.text("title", atMost: Self.longestTitle)
        guard camera != nil || print != nil else { throw .badRequest("“camera” or “print” is needed.") }
    }
}

extension TimelapseOptions: Codable {
    private enum Keys: String, CodingKey, CaseIterable {
        case camera, print, since, until, format, duration, fps, squeeze, steady, deflicker, clock, progress, title
        case preset = "for"
        case realTime = "real_time"
        case holdFirst = "hold_first"
        case holdLast = "hold_last"
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseOthers(than: Keys.self)
        let container = try decoder.container(keyedBy: Keys.self)
        func wrong(_ key: Keys, _ reason: String) -> DecodingError {
            .dataCorrupted(.init(codingPath: [key], debugDescription: reason))
        }
        func time(_ key: Keys) throws -> Timestamp? {
            guard let text = try container.decodeIfPresent(String.self, forKey: key) else { return nil }
            guard let time = Timestamp(apiText: text) else { throw wrong(key, "it is no instant") }
            return time
        }
        func number(_ key: Keys, _ range: ClosedRange<Double>) throws -> Double? {
            guard let number = try container.decodeIfPresent(Double.self, forKey: key) else { return nil }
            guard range.contains(number) else {
                throw wrong(key, "it is not from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
        if let text = try container.decodeIfPresent(String.self, forKey: .camera) {
            guard let name = try? CameraName(text) else { throw wrong(.camera, "it cannot be a camera's name") }
            camera = name
        }
        print = try container.decodeIfPresent(Int64.self, forKey: .print)
        if let print, !(1...Visit.largestNumber).contains(print) { throw wrong(.print, "there is no such print") }
        (since, until) = (try time(.since), try time(.until))
        format = try container.decodeIfPresent(Format.self, forKey: .format)
        preset = try container.decodeIfPresent(Preset.self, forKey: .preset)
        (duration, framesPerSecond) = (try number(.duration, Self.seconds), try number(.fps, Self.rates))
        (realTime, squeeze) = (try number(.realTime, Self.speeds), try number(.squeeze, Self.squeezes))
        (holdFirst, holdLast) = (try number(.holdFirst, Self.holds), try number(.holdLast, Self.holds))
        steady = try container.decodeIfPresent(Bool.self, forKey: .steady)
        deflicker = try container.decodeIfPresent(Bool.self, forKey: .deflicker)
        clock = try container.decodeIfPresent(Bool.self, forKey: .clock)
        progress = try container.decodeIfPresent(Bool.self, forKey: .progress)
        title = try container.decodeIfPresent(String.self, forKey: .title)
        if let title, title.unicodeScalars.count > Self.longestTitle { throw wrong(.title, "it is too long") }
        guard camera != nil || print != nil else { throw wrong(.camera, "give a camera or a print") }
    }

    package func encode(to encoder: any Encoder) throws { try fieldValue.encode(to: encoder) }
}

/// What was chosen, by name; what was not is not there.
extension TimelapseOptions: FieldConvertible {
    package var fieldValue: FieldValue {
        let chosen: [(Keys, (any FieldConvertible)?)] = [
            (.camera, camera), (.print, print), (.since, since), (.until, until), (.format, format?.rawValue),
            (.preset, preset?.rawValue), (.duration, duration), (.fps, framesPerSecond), (.realTime, realTime),
            (.squeeze, squeeze), (.holdFirst, holdFirst), (.holdLast, holdLast), (.steady, steady),
            (.deflicker, deflicker), (.clock, clock), (.progress, progress), (.title, title),
        ]
        return .named(
            chosen.reduce(into: [:]) { values, entry in values[entry.0.rawValue] = entry.1?.fieldValue })
    }
}
