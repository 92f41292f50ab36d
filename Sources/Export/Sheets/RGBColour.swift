/// A colour in sRGB.
struct RGBColour: Hashable, Sendable {
    var red, green, blue: UInt8

    init(red: UInt8, green: UInt8, blue: UInt8) { (self.red, self.green, self.blue) = (red, green, blue) }
}
