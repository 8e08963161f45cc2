/*
 * The English word list of BIP-0039 (Marek Palatinus, Pavol Rusnak, Aaron Voisine, Sean Bowe),
 * used under the MIT licence below. Words of violence, shame and family are replaced by others,
 * since people read these aloud; the first four letters still tell every two words apart.
 *
 * Permission is hereby granted, free of charge, to any person obtaining a copy of this software
 * and associated documentation files (the "Software"), to deal in the Software without
 * restriction, including without limitation the rights to use, copy, modify, merge, publish,
 * distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
 * Software is furnished to do so, subject to the following conditions: The above copyright notice
 * and this permission notice shall be included in all copies or substantial portions of the
 * Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING
 * BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
 * NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
 * DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
 * OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
 */
const WORDS = `
abandon ability able about above absent absorb abstract absurd access accident account achieve acid acorn
acoustic acquire across act action actor actress actual adapt add address adjust admit adult advance advice
aerobic afford afraid again age agent agree ahead aim air airport aisle alarm album alert alien all alley
allow almanac almost alone alpha alpine already also alter always amateur amazing amber among amount amused
analyst anchor ancient angle animal anise ankle announce annual another answer antenna anthem antique antler
any apart apology appear apple approve april arcade arch arctic area arena argue arm armchair armor army
around arrange arrive arrow art artefact artist artwork ask aspect asset assist assume aster asthma athlete
atlas atom attend attitude attract auction audit august author auto autumn avenue average avocado avoid
awake aware away awesome awkward axis azure baby bachelor backpack bacon badge bag bagel bakery balance
balcony ball bamboo banana banjo banner bar barely bargain barley barn barrel base basic basket battle beach
bean beauty beaver because become beech beetle before begin behave behind believe bellows below belt bench
benefit berry best better between beyond bicycle bid bike bind biology birch bird birth biscuit bitter black
blanket blast bless blind blossom blouse blue blur blush board boat bobbin body boil bone bonfire bonus book
boost border boring borrow boss bottom bounce bouquet box bracket brain bramble brand brass brave bread
breeze brick bridge brief bright bring brisk broccoli broken bronze broom broth brown brush bubble bucket
buddy budget buffalo bugle build bulb bulk bundle bungalow bunker burden burger burst bus business busy
butter buyer buzz cabbage cabin cable cactus cake calico call calm camera camp can canal cancel candy canoe
canvas canyon capable capital captain car caramel carbon card cargo carpet carry cart case cash castle
casual cat catalog catch category cattle caught cause caution cave cedar ceiling celery cello cement census
century cereal certain chair chalk champion change chapter charge chase chat cheap check cheese chef cherry
chest chicken chief child chimney chive choice choose chronic chuckle chunk churn cider cinema cinnamon
circle citizen citrus city civil claim clap clarify claw clay clean clerk clever click client cliff climb
clinic clip clock clog close cloth cloud clover clown club clump cluster clutch coach coast cobalt cobble
cockatoo coconut code coffee coil coin collect color column combine come comfort comic common company
concert conduct confirm congress connect consider control convince cook cool copper copy coral corduroy core
corn correct cosmos cost cotton couch country couple course cover coyote cradle craft cram crane crater
crawl crayon cream credit creek crew cricket crisp critic crocus crop cross crouch crowd crucial cruise
crumble crunch crystal cube cuckoo culture cup cupboard curious current curtain curve cushion custom cute
cycle cymbal daffodil dahlia daisy damp dance daring dash dawn day deal debate debris decade december decide
decline decorate decrease deer defense define defy degree delay deliver demand denim dentist deny depart
depend deposit depth deputy derive describe desert design desk detail detect develop device devote dewdrop
diagram dial diamond diary dice diesel diet differ digital dignity dilemma dinner dinosaur direct disagree
discover disease dish disorder display distance divert divide dizzy doctor document dog doll dolphin domain
domino donate donkey donor doodle door dormouse dose double dove draft dragon drama draw dream dress drift
drill drink drip drive drop drum dry duck dumpling dune during dust dutch duty dwarf dynamic eager eagle
early earn earth easel easily east easy echo ecology economy edge edit educate effort egg eight either elbow
elder electric elegant element elephant elevator elite elm else embark ember embody embrace emerge emotion
employ empower empty enable enact end endless endorse energy enforce engage engine enhance enjoy enlist
enough enrich enroll ensure enter entire entry envelope envoy episode equal equip era erase erode erosion
error erupt escape essay essence estate eternal ethics evidence evoke evolve exact example excess exchange
excite exclude excuse exercise exhaust exhibit exist exit exotic expand expect expire explain expose express
extend extra eye eyebrow fabric face faculty fade faint faith falcon fall false fame family famous fan fancy
fantasy farm fashion favorite feature february federal feed feel fence fern ferry festival fetch few fiber
fiction fiddle field figure file film filter final finch find fine finger finish fire firm first fiscal fish
fit fitness fix fjord flag flame flannel flash flat flavor flee flight flip float flock floor flower fluid
flush flute fly foam focus fog foil fold follow food foot force forest forget fork fortune forum forward
fossil foster found fox frame freckle frequent fresh friend fringe frisbee frog front frost frown frozen
fruit fuel fun funny furnace future gadget gain galaxy gallery game gap garage garbage garden garlic garment
gas gate gather gauge gaze gecko general genius genre gentle genuine gesture geyser giant gift giggle ginger
giraffe give glacier glad glance glare glass glide glimpse globe gloom glory glove glow glue gnome goat gold
gondola good goose gorilla gospel govern gown grab grace grain grant grape grass gravity great green grid
grit grocery group grow grunt guard guava guess guide guitar gull gusto gym habit hair half hamlet hammer
hamster hand happy harbor hard harp harvest hat have hawk hazel head health heart heather heavy hedgehog
height hello helmet help hen hero hexagon hickory hidden high hill hint hip hire history hobby hockey hold
hole holiday hollow home honey hood hope horn horse hospital host hotel hour hover hub huge human humble
humor hundred hungry hurdle hurry hyacinth hybrid ice icicle icon idea identify idle igloo ignore image
imitate immense immune impact impose improve impulse inch include income increase index indicate indoor
industry infant inform inhale inherit initial inject inkwell inner innocent input inquiry insect inside
inspire install intact interest into invest invite involve iris iron island islet isolate issue item ivory
jacket jaguar jar jasmine jazz jeans jelly jetty jewel jigsaw job join joke journey joy judge juice jump
jungle junior junk just kangaroo kayak keen keep kernel ketchup kettle key kid kidney kind kingdom kiosk kit
kitchen kite kitten kiwi knee knock know koala lab label labor ladder lagoon lake lamp language lantern
laptop larch large lark later latin laugh laundry lava lavender law lawn layer lazy leader leaf learn leave
lecture ledger left leg legal legend leisure lemon lemur lend length lens leopard lesson letter level
liberty library license lichen life lift light like lilac lily limb limit link lion liquid list little live
lizard llama load loan lobster local locket logic long loop lottery lotus loud lounge love loyal lucky
luggage lumber lunar lunch lupin luxury lyrics machine magic magnet magpie mail main major make mallow
mammal manage mandate mango mansion manual maple marble march margin marine market maroon marriage mask mass
master match material math matrix matter maximum maze meadow mean measure meat mechanic medal media melody
melt member memory mention menu mercy merge merit merry mesh message metal method middle midnight milk
million mimic mind minimum minor minute miracle mirror miss mistake mitten mix mixed mixture mobile model
modify molasses moment monitor monkey monster month moon moral more morning mosaic mosquito motion motor
mountain mouse move movie much muffin mule multiply muscle museum mushroom music must mutual myself mystery
naive name napkin narrow nation nature near neck nectar need negative neglect neither nerve nest net network
neutral never news next nice night noble noise nominee noodle normal north nose notable note nothing notice
novel now nuclear number nurse nut nutmeg oak oasis object oblige oboe obscure observe obtain obvious occur
ocean october off offer office often oil okay old olive olympic omit once one onion online only opal open
opera opinion oppose option orange orbit orchard order ordinary organ orient original osprey ostrich other
otter outdoor outer output outside oval oven over own owner oxygen oyster ozone pact paddle page pair palace
palm panda panel panther paper paprika parade parent park parrot parsley party pass patch path patient
patrol pattern pause pave payment peace peanut pear peasant pebble pelican pen penalty pencil peony people
pepper perfect permit person pet petal phone photo phrase physical piano picnic picture piece pig pigeon
pilot pine pink pioneer pipe pitch pizza place planet plastic plate play please pledge pluck plug plum
plunge poem poet point polar pole police pollen pond pony pool poppy popular portion position possible post
potato pottery powder power practice praise predict prefer prepare present pretty prevent price pride
primary print priority private prize problem process produce profit program project promote proof property
prosper protect proud provide public pudding puffin pull pulp pulse pumpkin pupil puppy purchase purity
purpose purse push put puzzle pyramid quail quality quantum quarter question quick quilt quit quiz quote
rabbit raccoon race rack radar radio rail rain raise rally ramp ranch random range rapid rare rate rather
raven raw ready real reason rebuild recall receive recipe record recycle reduce reflect reform refuse region
regret regular reject relax release relief rely remain remember remind remove render renew rent reopen
repair repeat replace report require rescue resemble resist resource response result retire retreat return
reunion reveal review reward rhythm rib ribbon rice rich ride ridge right rigid ring riot ripple risk ritual
rival river road roast robin robot robust rocket romance roof rookie room rose rotate rough round route
royal rubber rude rug rule run runway rural saddle safe saffron sail salad salmon salon salt salute same
sample sand sapphire satisfy sauce sausage save say scale scan scatter scene scheme school science scissors
scout scrap screen script scrub sea search season seat second secret section security seed segment select
sell seminar senior sense sentence sequoia series service sesame session settle setup seven shadow shaft
shallow share shed shell sheriff shield shift shine ship shiver shock shoe shop short shoulder shrimp shrug
shuffle shy sibling side sight sign silent silk silly silver similar simple since sing siren situate six
size skate sketch ski skill skin skirt skull slab sleep slender slice slide slight slim slogan slot slow
slush small smart smile smoke smooth snack snake snap sniff snow soap soccer social sock soda soft solar
soldier solid solution solve someone song sonnet soon sorry sort soul sound soup source south space spare
spatial spawn speak special speed spell spend sphere spice spider spike spin spirit split spoil sponsor
spoon sport spot spray spread spring spruce spy square squeeze squirrel stable stadium staff stage stairs
stamp stand start state stay steak steel stem step stereo stick still stock stomach stone stool story stove
strategy street strong struggle student stuff stumble style subject submit subway success such sudden sugar
suggest suit summer sun sunny sunset super supply supreme sure surface surge surprise surround survey
sustain swallow swamp swap swarm sweet swift swim swing switch symbol symptom syrup system table tackle tag
tail talent talk tank tape target task taste tattoo taxi teach teal team teapot tell ten tenant tennis tent
term test text thank that theme then theory there they thimble thing this thought three thrive throw thumb
thunder ticket tide tiger tilt timber time tiny tip tired tissue title toast today toddler toe together
token tomato tomorrow tone tongue tonight tool tooth top topic topple torch tornado tortoise toss total
tourist toward tower town toy track trade traffic train transfer trash travel tray treat tree trend trial
tribe trick trim trip trophy trouble truck true truly trumpet trust truth try tube tuition tulip tumble tuna
tunnel turkey turn turtle twelve twenty twice twin twist two type typical umbrella unaware uncover under
undo unfold uniform unique unit universe unknown unlock until unusual unveil update upgrade uphold upon
upper upset urban usage use used useful usual utility vacant vacuum vague valid valley valve van vanish
vapor various vast vault vehicle velvet vendor venture venue verb verify version very vessel veteran viable
vibrant victory video view village vintage violin virtual visa visit visual vital vivid vocal voice void
volcano volume vote voyage waffle wage wagon wait walk wall walnut walrus want warm warrior wash waste water
wave way wealth wear weasel weather web wedding weekend welcome west wet whale what wheat wheel when where
whisper wide width wild will win window wine wing wink winner winter wire wisdom wise wish witness wombat
wonder wood wool word work world worry worth wrap wrestle wrist write yard year yellow yogurt you young
youth zebra zephyr zero zoo
`

/** 2,048 words in alphabetical order; their places are what fingerprints are spelt with, so they never change. */
export const fingerprintWordList: readonly string[] = WORDS.trim().split(/\s+/)
