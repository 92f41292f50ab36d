public import ArgumentParser
public import Budget
public import Vocabulary

// Words of the command line that are types of the program; what does not fit is explained by the type's own error.

extension CameraName: ExpressibleByArgument {
    public init?(argument: String) { try? self.init(argument) }
}

extension ByteCount: ExpressibleByArgument {
    public init?(argument: String) { try? self.init(parsing: argument) }
}

extension CapStop: ExpressibleByArgument {
    public init?(argument: String) { try? self.init(parsing: argument) }
}

extension FrameID: ExpressibleByArgument {
    public init?(argument: String) {
        guard let number = Int64(argument), number > 0 else { return nil }
        self.init(number)
    }
}

/// A span of time such as `500ms`, `10s`, `5m`, `2h`, `3d`, longer than nothing.
struct Span: ExpressibleByArgument, Sendable {
    let duration: Duration

    init?(argument: String) {
        guard let duration = try? Duration(parsing: argument), duration > .zero else { return nil }
        self.duration = duration
    }

    init(_ duration: Duration) {
        self.duration = duration
    }

    var defaultValueDescription: String { duration.shortText }
}

/// A point in time as the command line takes it.
struct Moment: ExpressibleByArgument, Sendable {
    let timestamp: Timestamp

    init?(argument: String) {
        guard let timestamp = try? Timestamp(parsing: argument, now: .wallClock) else { return nil }
        self.timestamp = timestamp
    }
}
