package import Vocabulary

/// What is known at a frame's capture besides the picture.
package struct FrameCircumstances: Hashable, Sendable {
    /// The print job that it shows.
    package var print: PrintJob?
    /// How sure the server's failure detection is that the print fails, 0 to 1.
    package var prediction: Double?

    package init(print: PrintJob? = nil, prediction: Double? = nil) {
        (self.print, self.prediction) = (print, prediction)
    }
}
