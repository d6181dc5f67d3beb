"""The words that invented people and places are made of. No real person, address or number is meant.

Telephone numbers are Ofcom's for drama, postcodes the unused area ZZ99, mail is at example.org.
"""

from typing import Final

_GIRLS = (
    "Aaliyah Abigail Agnieszka Aisha Alice Amelia Amina Anaya Ava Beatrice Bronwen Catherine Chloe Daisy Eilidh "
    "Eleanor Elif Emily Erin Esther Evie Fatima Florence Freya Grace Hannah Imogen Isla Jasmine Khadija Layla "
    "Lily Lucia Maisie Maryam Matilda Mei Mia Nadia Niamh Olivia Phoebe Poppy Priya Rosie Ruby Saoirse Siân "
    "Sophia Thea Violet Willow Yasmin Zara Zoë"
)
GIRLS: Final = tuple(_GIRLS.split())
_BOYS = (
    "Aaron Adam Alfie Ali Archie Arjun Arthur Ben Callum Charlie Daniel Dylan Edward Elijah Ethan Finlay Freddie "
    "George Haruto Harvey Henry Ibrahim Isaac Ivan Jack Jacob Jayden Joshua Kai Kofi Leo Liam Logan Lucas Łukasz "
    "Mateusz Max Mohammed Muhammad Nathan Noah Oisín Oliver Omar Oscar Ravi René Rhys Samuel Theo Thomas Tobi "
    "William Yusuf Zachary"
)
BOYS: Final = tuple(_BOYS.split())
_SURNAMES = (
    "Abara Adeyemi Ahmed Akhtar Allenby Ashdown Atkins Bagnall Banerjee Barnsley Begum Bellweather Bennett Birch "
    "Blackwood Boateng Bramley Bryant Carrick Chambers Chaudhry Chen Clough Cobbold Corrigan Cresswell Dacre "
    "Darby Davies Deakin Dhillon Doherty Dunmore Eastwood Edgerton Ellery Fairbairn Farooq Fenwick Ferreira Flint "
    "Foxley Garnett Gill Goodall Grabowski Greenhalgh Gupta Hadley Hargreave Hassan Haworth Heathcote Hollis "
    "Hussain Ibbotson Iqbal Islam Jarvis Jessop Kaur Keane Kendrick Khan Kowalski Langley Lathom Leighton Lim "
    "Lockwood Lowther Mahmood Marlow McAllister Mensah Mistry Moorcroft Mwangi Nash Newbold Nguyễn Norcott Novák "
    "O’Rourke Oakley Okafor Osei Pargeter Parkin Patel Pemberton Penrose Qureshi Radcliffe Rahman Ravenscroft "
    "Rees Ridley Rowntree Sadiq Saunders Shah Sharma Singh Skelton Smethurst Stanier Suzuki Tamworth Tetley "
    "Thackray Thorne Underhill Uttley Varga Vickers Wadsworth Wainwright Warwick Whitlock Williams-Reid "
    "Winstanley Wójcik Yarwood Yates Zaman Zieliński"
)
SURNAMES: Final = tuple(_SURNAMES.split())
_STREETS = (
    "Alder Ashfield Beacon Birchwood Brook Canal Chapel Church Clover Elm Fern Glebe Grange Hawthorn Heron Hill "
    "Juniper Kestrel Lark Linden Maple Meadow Mill Oak Orchard Park Pepper Quarry Rectory Ridge River Rowan "
    "Saffron Sorrel Spinney Station Thistle Vale Willow Windmill"
)
STREETS: Final = tuple(_STREETS.split())
STREET_KINDS: Final = ("Road", "Street", "Lane", "Avenue", "Close", "Drive", "Way", "Grove")
TOWNS: Final = ("Oakford", "Market Hallam", "Netherby", "Stonebridge", "Great Wexley", "Thornmere")

# Weights are rough shares of pupils in England.
ETHNICITIES: Final = {
    "WBRI": 640, "WOTH": 70, "WIRI": 3, "WROM": 4, "MWBC": 16, "MWBA": 10, "MWAS": 17, "MOTH": 26, "AIND": 40,
    "APKN": 46, "ABAN": 18, "AOTH": 24, "BCRB": 9, "BAFR": 44, "BOTH": 9, "CHNE": 8, "OOTH": 26, "REFU": 8, "NOBT": 4,
}  # fmt: skip
LANGUAGES: Final = {"ENG": 790, "POL": 20, "URD": 30, "BNG": 16, "ARA": 20, "PNJ": 20, "RMN": 18, "GUJ": 14, "POR": 14}
SEN_PROVISIONS: Final = {"N": 810, "K": 140, "E": 50}
SEN_NEEDS: Final = ("SLCN", "SEMH", "ASD", "SPLD", "MLD", "PD", "HI", "VI", "SLD", "OTH")

SECONDARY_SUBJECTS: Final = {
    "EN": "English", "MA": "Mathematics", "SC": "Science", "HI": "History", "GG": "Geography", "FR": "French",
    "AR": "Art and Design", "MU": "Music", "PE": "Physical Education", "CO": "Computing",
}  # fmt: skip
PRIMARY_SUBJECTS: Final = {"EN": "English", "MA": "Mathematics", "SC": "Science", "TO": "Topic", "PE": "Games"}
