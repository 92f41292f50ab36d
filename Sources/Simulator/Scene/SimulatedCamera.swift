public import NIOCore
public import Vocabulary

/// The camera that looks at a ``SimulatedPrinter``: JPEGs of a rendered scene.
///
/// The same printer, time and picture number always give the same bytes. It keeps what does not change between pictures, so
/// it belongs to one task at a time, and pictures in the order of time are the quickest.
public final class SimulatedCamera {
    public let size: PixelSize
    private let encoder: JPEGEncoder

    /// - Throws: ``SimulatorError/settings(reason:)``, ``SimulatorError/encoding(reason:)``
    public init(_ settings: SimulatorSettings = SimulatorSettings()) throws(SimulatorError) {
        size = settings.pictureSize
        encoder = try JPEGEncoder(quality: settings.jpegQuality)
    }

    /// The picture of a printer after that much simulated time.
    ///
    /// - Parameter number: tells the noise of pictures apart.
    /// - Throws: ``SimulatorError/encoding(reason:)``
    public func picture(
        of printer: SimulatedPrinter, at elapsed: Duration, number: Int, tagged: Bool = false
    ) throws(SimulatorError) -> ByteBuffer {
        var pixels = [UInt8](repeating: 90, count: size.area * 3)
        let filled = Int(printer.moment(at: elapsed).progress * Double(size.height)) * size.width * 3
        for index in 0..<filled { pixels[index] = 160 }
        var random = RandomNumbers(seed: printer.seed, UInt64(truncatingIfNeeded: number))
        for index in pixels.indices { pixels[index] &+= UInt8(random.next() & 3) }
        return try encoder.encode(pixels, size: size)
    }
}
