/// What a camera's frames of one cell of time look like, in numbers.
public struct CellLook: Hashable, Sendable {
    /// The mean of the frames' brightness, 0 to 255; `nil` where it is known of none.
    public var brightness: Int?
    /// The greatest of what changed against the frame before, 0 to 100.
    public var changedPercent: Int?
    /// The greatest of the server's predictions that the print fails, 0 to 1.
    public var prediction: Double?

    public init(brightness: Int? = nil, changedPercent: Int? = nil, prediction: Double? = nil) {
        (self.brightness, self.changedPercent, self.prediction) = (brightness, changedPercent, prediction)
    }
}

/// The numbers of a cell's frames, one after the other.
struct CellLookSum {
    private var brightness = 0
    private var bright = 0
    private var look = CellLook()

    mutating func add(brightness: Int?, changedPercent: Int?, prediction: Double?) {
        if let brightness {
            self.brightness += brightness
            bright += 1
        }
        if let changedPercent { look.changedPercent = max(changedPercent, look.changedPercent ?? 0) }
        if let prediction { look.prediction = max(prediction, look.prediction ?? 0) }
    }

    var mean: CellLook {
        var look = look
        if bright > 0 { look.brightness = (brightness + bright / 2) / bright }
        return look
    }
}
