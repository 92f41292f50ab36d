public import Vocabulary

/// What is known at a frame's capture besides the picture.
public struct FrameCircumstances: Hashable, Sendable {
    /// The print job that it shows.
    public var print: PrintJob?
    /// How sure the server's failure detection is that the print fails, 0 to 1.
    public var prediction: Double?

    public init(print: PrintJob? = nil, prediction: Double? = nil) {
        (self.print, self.prediction) = (print, prediction)
    }
}
